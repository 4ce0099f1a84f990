import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ClientOptions } from "#runtime/config/options.js";
import { requestCompression } from "#runtime/features/request-compression.js";
import type { ProtocolRequest } from "#runtime/schema/service.js";
import { callOf, messageOf, putThing } from "./support.js";

const compress = async (message: ProtocolRequest, options: ClientOptions = {}): Promise<ProtocolRequest> =>
  (await requestCompression().message?.(message, {}, callOf(putThing, options))) ?? expect.unreachable();

describe("request-compression", () => {
  const long = "a".repeat(10_240);

  it("compresses bodies of 10 KiB or more with gzip, and states it after other encodings", async () => {
    for (const body of [long, Buffer.from(long)]) {
      const { headers, body: sent } = await compress(messageOf({ body }));
      expect(headers).toEqual({ "content-encoding": "gzip" });
      expect(gunzipSync(sent as Uint8Array).toString()).toBe(long);
    }
    const encoded = await compress(messageOf({ body: long, headers: { "content-encoding": "br" } }));
    expect(encoded.headers).toEqual({ "content-encoding": "br, gzip" });
  });

  it("leaves shorter bodies, streams and empty messages alone", async () => {
    for (const message of [messageOf({ body: long.slice(1) }), messageOf({})]) {
      expect(await compress(message)).toBe(message);
    }
  });

  it("has its limit from the client, or is switched off", async () => {
    const message = messageOf({ body: "short" });
    expect((await compress(message, { requestMinCompressionSizeBytes: 5 })).headers).toHaveProperty("content-encoding");
    expect(await compress(message, { requestMinCompressionSizeBytes: 6 })).toBe(message);
    const off = { disableRequestCompression: true, requestMinCompressionSizeBytes: 0 };
    expect(await compress(message, off)).toBe(message);
  });
});
