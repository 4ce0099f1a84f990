import { createHash } from "node:crypto";
import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32, polynomials } from "#runtime/checksums/crc32.js";
import { crc64 } from "#runtime/checksums/crc64.js";
import type { Feature } from "#runtime/features/feature.js";
import { requestChecksum } from "#runtime/features/request-checksum.js";
import type { ProtocolRequest } from "#runtime/schema/service.js";
import { messageBy, putThing as operation } from "./support.js";

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
  it("is a CRC-32 where the caller names no algorithm, and states it in a header, if there is one for it", async () => {
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
    for (const name of ["x-amz-checksum-sha256", "x-amz-checksum-crc64nvme"]) {
      expect(await headersOf(chosen, {}, message({ [name]: "given" }))).toEqual({
        [name]: "given",
      });
    }
    expect(await headersOf(requestChecksum(), {}, message({ "x-amz-checksum-type": "FULL_OBJECT" }))).toHaveProperty(
      "x-amz-checksum-crc32",
    );
  });

  it("of an algorithm that there is not is an error that reports which there are", async () => {
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
