import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { md5Hex } from "#runtime/checksums/md5-hex.js";
import { md5Hex as webMd5Hex } from "#runtime/checksums/md5-hex.web.js";
import * as web from "#runtime/checksums/digest.web.js";
import { sha512t256Hex } from "#runtime/checksums/sha512-256.js";
import { sha512t256Hex as webSha512t256 } from "#runtime/checksums/sha512-256.web.js";

const base64 = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest("base64");

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

  it("by MD5 in hex are those of Node", () => {
    for (const text of ["", "abc", "é".repeat(60)]) {
      expect(webMd5Hex(text)).toBe(md5Hex(text));
      expect(webMd5Hex(Buffer.from(text))).toBe(createHash("md5").update(text).digest("hex"));
    }
  });

  it("by SHA-512/256 are those of FIPS 180-4 and of Node", () => {
    expect(webSha512t256("abc")).toBe("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
    for (const length of [0, 1, 111, 112, 127, 128, 129, 239, 240, 1000]) {
      const text = "é".repeat(length);
      expect(webSha512t256(text)).toBe(sha512t256Hex(text));
      expect(webSha512t256(Buffer.alloc(length, 7))).toBe(sha512t256Hex(Buffer.alloc(length, 7)));
    }
  });

  it("by a digest cannot be computed in browsers", () => {
    expect(() => web.runningDigest("SHA256")).toThrow(
      "A checksum by SHA256 of a stream or Blob cannot be computed in browsers: pass bytes, or choose a CRC.",
    );
  });
});
