import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as web from "#runtime/checksums/digest.web.js";

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

  it("by a digest cannot be computed in browsers", () => {
    expect(() => web.runningDigest("SHA256")).toThrow(
      "A checksum by SHA256 of a stream or Blob cannot be computed in browsers: pass bytes, or choose a CRC.",
    );
  });
});
