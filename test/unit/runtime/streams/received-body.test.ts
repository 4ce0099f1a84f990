import { describe, expect, it, vi } from "vitest";
import { ReceivedBody } from "#runtime/streams/received-body.js";
import type { ResponseStream } from "#runtime/schema/http.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function bodyOf(parts: readonly (string | Error)[], maxResponseSize = 100) {
  const cancel = vi.fn<() => void>();
  const source: ResponseStream = {
    async *[Symbol.asyncIterator]() {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        yield await Promise.resolve(bytes(part));
      }
    },
    cancel,
  };
  const failed = (error: unknown): unknown => new Error(`Get: ${(error as Error).message}`);
  return { body: new ReceivedBody(source, { operation: "Get", maxResponseSize, failed }), cancel };
}

describe("a body that is returned as it comes", () => {
  it("is read as bytes, text, a stream of the web, or part by part", async () => {
    expect(await bodyOf(["sm", "all"]).body.bytes()).toEqual(bytes("small"));
    expect(await bodyOf(["sm", "all"]).body.text()).toBe("small");
    expect(await new Response(bodyOf(["sm", "all"]).body.stream()).text()).toBe("small");
    const parts: Uint8Array[] = [];
    for await (const part of bodyOf(["sm", "all"]).body) parts.push(part);
    expect(parts).toEqual([bytes("sm"), bytes("all")]);
  });

  it("may be empty", async () => {
    expect(await bodyOf([]).body.bytes()).toEqual(new Uint8Array());
    expect(await bodyOf([]).body.text()).toBe("");
  });

  it("is read once", async () => {
    const { body } = bodyOf(["a"]);
    await body.text();
    const again = "The body of Get was read before and can be read only once: keep the result of the first read";
    await expect(body.text()).rejects.toThrow(again);
    await expect(body.bytes()).rejects.toThrow(TypeError);
    expect(() => body.stream()).toThrow(again);
    expect(() => body[Symbol.asyncIterator]()).toThrow(again);
  });

  it("cannot be read once it was cancelled", async () => {
    const { body, cancel } = bodyOf(["a"]);
    body.cancel();
    expect(cancel).toHaveBeenCalledOnce();
    await expect(body.text()).rejects.toThrow("The body of Get was cancelled before and can be read only once");
  });

  it("is given up by who stops in the middle", async () => {
    const iterated = bodyOf(["a", "b"]);
    for await (const part of iterated.body) {
      expect(part).toEqual(bytes("a"));
      break;
    }
    expect(iterated.cancel).toHaveBeenCalled();
    const streamed = bodyOf(["a", "b"]);
    await streamed.body.stream().cancel();
    expect(streamed.cancel).toHaveBeenCalled();
  });

  it("is collected up to its limit, and read part by part beyond", async () => {
    const { body, cancel } = bodyOf(["four", "more"], 7);
    await expect(body.bytes()).rejects.toThrow("Get: the body has more than 7 bytes (option maxResponseSize)");
    expect(cancel).toHaveBeenCalled();
    let length = 0;
    for await (const part of bodyOf(["four", "more"], 7).body) length += part.byteLength;
    expect(length).toBe(8);
  });

  it("fails with what its owner makes of a failure", async () => {
    await expect(bodyOf(["a", new Error("broken")]).body.text()).rejects.toThrow("Get: broken");
    await expect(new Response(bodyOf([new Error("broken")]).body.stream()).text()).rejects.toThrow("Get: broken");
  });
});
