import { createHash } from "node:crypto";
import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32, polynomials } from "#runtime/checksums/crc32.js";
import { crc64 } from "#runtime/checksums/crc64.js";
import * as web from "#runtime/checksums/digest.web.js";
import { contentMd5 } from "#runtime/features/content-md5.js";
import type { Feature } from "#runtime/features/feature.js";
import { requestChecksum } from "#runtime/features/request-checksum.js";
import type { ProtocolRequest } from "#runtime/schema/service.js";
import * as fc from "../../../support/fast-check.js";
import { operation } from "../checksums/support.js";
import { messageBy } from "./support.js";

const message = (headers = {}, body: ProtocolRequest["body"] = "Hello world!"): ProtocolRequest => ({
  method: "PUT",
  path: "/",
  query: "",
  headers,
  body,
});

const base64 = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest("base64");

const chosen = requestChecksum({ algorithmMember: "Algorithm" });

async function headersOf(feature: Feature, input = {}, given = message()): Promise<Record<string, string>> {
  return { ...(await messageBy(feature, operation, given, input)).headers };
}

describe("the checksum of a request", () => {
  it("is the MD5 of its body, of no body too", async () => {
    expect(await headersOf(contentMd5())).toEqual({ "content-md5": base64("md5", "Hello world!") });
    expect(await headersOf(contentMd5(), {}, { ...message(), body: new Uint8Array() })).toEqual({
      "content-md5": base64("md5", ""),
    });
  });

  it("is a CRC-32 where the caller names no algorithm, and says so where a header is there for it", async () => {
    expect(await headersOf(requestChecksum())).toEqual({
      "x-amz-checksum-crc32": crcOf("Hello world!"),
    });
    expect(await headersOf(chosen)).toEqual({
      "x-amz-checksum-crc32": crcOf("Hello world!"),
      "x-amz-sdk-checksum-algorithm": "CRC32",
    });
  });

  it.each([
    ["SHA1", base64("sha1", "Hello world!")],
    ["SHA256", base64("sha256", "Hello world!")],
    ["SHA512", base64("sha512", "Hello world!")],
    ["MD5", base64("md5", "Hello world!")],
    ["CRC64NVME", Buffer.from(crc64(Buffer.from("Hello world!"))).toString("base64")],
    ["CRC32C", Buffer.from(crc32(Buffer.from("Hello world!"), polynomials.CRC32C)).toString("base64")],
  ])("is of the algorithm that the caller names: %s", async (Algorithm, value) => {
    const headers = await headersOf(chosen, { Algorithm });
    expect(headers).toMatchObject({ "x-amz-sdk-checksum-algorithm": Algorithm });
    expect(headers[`x-amz-checksum-${Algorithm.toLowerCase()}`]).toBe(value);
  });

  it("is left to the caller who gives one", async () => {
    expect(await headersOf(contentMd5(), {}, message({ "content-md5": "given" }))).toEqual({ "content-md5": "given" });
    for (const name of ["x-amz-checksum-sha256", "x-amz-checksum-crc64nvme"]) {
      expect(await headersOf(chosen, {}, message({ [name]: "given" }))).toEqual({
        [name]: "given",
      });
    }
    expect(await headersOf(requestChecksum(), {}, message({ "x-amz-checksum-type": "FULL_OBJECT" }))).toHaveProperty(
      "x-amz-checksum-crc32",
    );
  });

  it("of an algorithm that there is not is an error that says which there are", async () => {
    await expect(headersOf(chosen, { Algorithm: "XXHASH64" })).rejects.toMatchObject({
      code: "Configuration",
      message:
        "PutThing: the checksum algorithm XXHASH64 is not available; use CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512.",
    });
  });
});

function crcOf(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(zlibCrc32(text));
  return bytes.toString("base64");
}

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

describe("CRC-64/NVME", () => {
  // The first is the check value of the catalogues, the others are test vectors of the NVM Express specification.
  it.each([
    ["the digits 1 to 9", Buffer.from("123456789"), "ae8b14860a799888"],
    ["a block of zeros", Buffer.alloc(4096), "6482d367eb22b64e"],
    ["a block of ones", Buffer.alloc(4096, 0xff), "c0ddba7302eca3ac"],
    ["a block that counts up", Buffer.from(Uint8Array.from({ length: 4096 }, (_, index) => index)), "3e729f5f6750449c"],
    ["nothing", Buffer.alloc(0), "0000000000000000"],
  ])("of %s is right", (_what, bytes, wanted) => {
    expect(Buffer.from(crc64(bytes)).toString("hex")).toBe(wanted);
  });
});

describe("digests of browsers", () => {
  it("are those of Node", async () => {
    const bytes = Buffer.from("Hello world!");
    expect(Buffer.from(await web.digest("SHA1", bytes)).toString("base64")).toBe(base64("sha1", "Hello world!"));
    expect(Buffer.from(await web.digest("SHA256", bytes)).toString("base64")).toBe(base64("sha256", "Hello world!"));
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const text = "é".repeat(length).slice(0, length);
      expect(Buffer.from(await web.digest("MD5", Buffer.from(text))).toString("base64")).toBe(base64("md5", text));
    }
  });
});
