import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32, polynomials } from "#runtime/checksums/crc32.js";
import * as fc from "../../../support/fast-check.js";

describe("CRC-32", () => {
  it("is that of zlib", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(Buffer.from(crc32(bytes, polynomials.CRC32)).readUInt32BE()).toBe(zlibCrc32(bytes));
      }),
    );
  });

  // The check values that catalogues of these checksums give for the digits 1 to 9.
  it("has the check values of both polynomials", () => {
    const digits = Buffer.from("123456789");
    expect(Buffer.from(crc32(digits, polynomials.CRC32)).toString("hex")).toBe("cbf43926");
    expect(Buffer.from(crc32(digits, polynomials.CRC32C)).toString("hex")).toBe("e3069283");
  });
});
