import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { trailingChecksum } from "#runtime/features/trailing-checksum.js";
import { runningChecksum } from "#runtime/checksums/running.js";
import type { ProtocolRequest } from "#runtime/schema/service.js";
import { RequestStream } from "#runtime/streams/request-stream.js";
import type { StreamSource } from "#runtime/streams/types.js";
import { messageBy, putThing as operation } from "./support.js";

async function* parts(...given: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of given) yield await Promise.resolve(typeof part === "string" ? Buffer.from(part) : part);
}

async function read(body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const part of body ?? []) found.push(part);
  return Buffer.concat(found);
}

function messageOf(source: StreamSource, length?: number, headers = {}): ProtocolRequest {
  const stream = new RequestStream(source, length);
  const counted = stream.length === undefined ? {} : { "content-length": String(stream.length) };
  return { method: "PUT", path: "/", query: "", headers: { ...counted, ...headers }, stream };
}

const add = (message: ProtocolRequest, feature = trailingChecksum(), input = {}): Promise<ProtocolRequest> =>
  messageBy(feature, operation, message, input);

/** What a service makes of a body in frames. */
function unframed(framed: Buffer): {
  readonly body: Buffer;
  readonly sizes: readonly number[];
  readonly trailer: string;
} {
  const chunks: Buffer[] = [];
  let place = 0;
  for (;;) {
    const end = framed.indexOf("\r\n", place);
    const size = Number.parseInt(framed.toString("latin1", place, end), 16);
    place = end + 2;
    if (size === 0) break;
    chunks.push(framed.subarray(place, place + size));
    expect(framed.toString("latin1", place + size, place + size + 2)).toBe("\r\n");
    place += size + 2;
  }
  return {
    body: Buffer.concat(chunks),
    sizes: chunks.map(({ length }) => length),
    trailer: framed.toString("latin1", place),
  };
}

describe("the checksum of a streaming body", () => {
  it("comes after it, and is announced before", async () => {
    const { headers, stream } = await add(
      messageOf(parts("Hello ", "world!"), 12),
      trailingChecksum({ algorithmMember: "Algorithm" }),
    );
    expect(headers).toEqual({
      "content-encoding": "aws-chunked",
      "content-length": String("c\r\nHello world!\r\n0\r\nx-amz-checksum-crc32:G4Ihlw==\r\n\r\n".length),
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": "12",
      "x-amz-sdk-checksum-algorithm": "CRC32",
      "x-amz-trailer": "x-amz-checksum-crc32",
    });
    const { body, trailer } = unframed(await read(stream));
    expect(body.toString()).toBe("Hello world!");
    const crc = await runningChecksum("CRC32");
    const checksum = crc();
    checksum.update(body);
    expect(trailer).toBe(`x-amz-checksum-crc32:${Buffer.from(checksum.digest()).toString("base64")}\r\n\r\n`);
  });

  it.each(["SHA1", "SHA256", "SHA512", "MD5"])("is of the algorithm that the caller names: %s", async (Algorithm) => {
    const message = messageOf(parts("Hello ", "world!"));
    const { headers, stream } = await add(message, trailingChecksum({ algorithmMember: "Algorithm" }), { Algorithm });
    const name = `x-amz-checksum-${Algorithm.toLowerCase()}`;
    expect(headers["x-amz-trailer"]).toBe(name);
    const value = createHash(Algorithm).update("Hello world!").digest("base64");
    expect(unframed(await read(stream)).trailer).toBe(`${name}:${value}\r\n\r\n`);
  });

  it("says no length that is not known, and adds its encoding to others", async () => {
    const { headers } = await add(messageOf(parts("a"), undefined, { "content-encoding": "gzip" }));
    expect(headers).not.toHaveProperty("content-length");
    expect(headers).not.toHaveProperty("x-amz-decoded-content-length");
    expect(headers["content-encoding"]).toBe("gzip,aws-chunked");
  });

  it.each([0, 1, 65_536, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3_000_000])(
    "has the length that it says, of %i bytes",
    async (length) => {
      const bytes = Buffer.alloc(length, "a");
      const { headers, stream } = await add(messageOf(parts(bytes.subarray(0, 10), bytes.subarray(10)), length));
      const framed = await read(stream);
      expect(headers["content-length"]).toBe(String(framed.byteLength));
      expect(unframed(framed).body.equals(bytes)).toBe(true);
    },
  );

  it("has large frames, whatever the parts, so that a service accepts all of them", async () => {
    const many = Array.from({ length: 1000 }, () => Buffer.alloc(200));
    const { stream } = await add(messageOf(parts(...many)));
    const { sizes } = unframed(await read(stream));
    expect(sizes).toEqual([65_600, 65_600, 65_600, 200_000 - 3 * 65_600]);
    const known = await add(messageOf(parts("a", Buffer.alloc(3_000_000), "b"), 3_000_002));
    expect(unframed(await read(known.stream)).sizes).toEqual([2 ** 20, 2 ** 20, 3_000_002 - 2 * 2 ** 20]);
  });

  it("copies no bytes of the body", async () => {
    const bytes = Buffer.alloc(100_000);
    const { stream } = await add(messageOf(parts(bytes), bytes.byteLength));
    const pieces: Uint8Array[] = [];
    for await (const piece of stream ?? []) pieces.push(piece);
    expect(pieces[1]?.buffer).toBe(bytes.buffer);
  });

  it("is made again for each attempt with a Blob, and a stream is read once", async () => {
    const { stream } = await add(messageOf(new Blob(["Hello world!"])));
    const first = await read(stream);
    expect((await read(stream)).equals(first)).toBe(true);
    expect(stream?.isConsumed).toBe(false);
    const once = await add(messageOf(parts("Hello")));
    expect(once.stream?.isConsumed).toBe(false);
    await read(once.stream);
    expect(once.stream?.isConsumed).toBe(true);
  });

  it("fails with a body that is not as long as it was said to be", async () => {
    const { stream } = await add(messageOf(parts("Hello"), 6));
    await expect(read(stream)).rejects.toThrow("it returned 5 bytes, but 6 are announced");
    const longer = await add(messageOf(parts("Hello"), 4));
    await expect(read(longer.stream)).rejects.toThrow("it returned at least 5 bytes, but 4 are announced");
  });

  it("is left to the caller who gives one", async () => {
    const message = messageOf(parts("a"), undefined, { "x-amz-checksum-sha256": "given" });
    expect(await add(message)).toBe(message);
  });
});
