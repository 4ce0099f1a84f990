import { describe, expect, it } from "vitest";
import * as node from "#runtime/signing/hash.js";
import * as web from "#runtime/signing/hash.web.js";
import * as fc from "../../../support/fast-check.js";

describe("hashes without node:crypto", () => {
  it("are those of node:crypto, around the block's length and beyond", () => {
    for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_001]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
      expect(web.sha256Hex(bytes)).toBe(node.sha256Hex(bytes));
    }
  });

  it("are those of node:crypto for any text, key and data", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.codePoint, maxLength: 300 }), fc.uint8Array({ maxLength: 200 }), (text, key) => {
        expect(web.sha256Hex(text)).toBe(node.sha256Hex(text));
        expect(web.hmacSha256Hex(key, text)).toBe(node.hmacSha256Hex(key, text));
        expect(Buffer.from(web.hmacSha256(text, "data"))).toEqual(Buffer.from(node.hmacSha256(text, "data")));
      }),
      { numRuns: 300 },
    );
  });

  it("compares", () => {
    for (const [left, right] of [
      ["", ""],
      ["a", "a"],
      ["a", "b"],
      ["a", "ab"],
    ] as const) {
      expect(web.equalInConstantTime(left, right)).toBe(left === right);
    }
  });
});
