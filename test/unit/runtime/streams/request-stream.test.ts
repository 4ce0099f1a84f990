import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { RequestStream } from "#runtime/streams/request-stream.js";
import type { StreamSource } from "#runtime/streams/types.js";

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const part of body) read.push(part);
  return Buffer.concat(read).toString();
}

async function* parts(...given: unknown[]): AsyncGenerator<Uint8Array> {
  for (const part of given) yield (await part) as Uint8Array;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the body of a request in parts", () => {
  it.each<[string, () => StreamSource]>([
    ["a Blob", () => new Blob(["one ", "two"])],
    ["a stream of Node", () => Readable.from([bytes("one "), bytes("two")])],
    ["a stream of Node that gives text", () => Readable.from(["one ", "two"])],
    ["a stream of the web", () => new Blob(["one two"]).stream()],
    [
      "a stream of the web that cannot be iterated over",
      () => {
        const stream = new Blob(["one two"]).stream();
        return { getReader: () => stream.getReader() } as unknown as ReadableStream<Uint8Array>;
      },
    ],
    ["an async iterable", () => parts(bytes("one "), new DataView(bytes("two").buffer))],
  ])("reads %s", async (_name, source) => {
    expect(await textOf(new RequestStream(source()))).toBe("one two");
  });

  it("knows the length of a Blob, and of nothing else", () => {
    expect(new RequestStream(new Blob(["four"])).length).toBe(4);
    expect(new RequestStream(parts()).length).toBeUndefined();
    expect(new RequestStream(parts(), 7).length).toBe(7);
  });

  it("reads a Blob as often as it is asked to", async () => {
    const stream = new RequestStream(new Blob(["again"]));
    expect(await textOf(stream)).toBe("again");
    expect(stream.isConsumed).toBe(false);
    expect(await textOf(stream)).toBe("again");
  });

  it("can begin a stream once only", async () => {
    const stream = new RequestStream(parts(bytes("once")));
    expect(await textOf(stream)).toBe("once");
    expect(stream.isConsumed).toBe(true);
    await expect(textOf(stream)).rejects.toThrow("The request body was consumed before and can be read only once");
  });

  it("leaves a stream as it was where nothing is asked of it", async () => {
    const stream = new RequestStream(parts(bytes("whole")));
    await stream[Symbol.asyncIterator]().return?.();
    expect(stream.isConsumed).toBe(false);
    expect(await textOf(stream)).toBe("whole");
  });

  it("ends the source where it is given up in the middle", async () => {
    let isEnded = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield await Promise.resolve(bytes("more"));
      } finally {
        isEnded = true;
      }
    }
    for await (const part of new RequestStream(source())) {
      expect(part).toHaveLength(4);
      break;
    }
    expect(isEnded).toBe(true);
  });
});
