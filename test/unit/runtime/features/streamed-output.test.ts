import { describe, expect, it } from "vitest";
import { AbortedError, ConnectionError } from "#runtime/errors/index.js";
import { streamedOutput } from "#runtime/features/streamed-output.js";
import type { HttpResponse, ResponseStream } from "#runtime/schema/http.js";
import type { StreamingBody } from "#runtime/streams/types.js";
import { callOf, contextOf, putThing } from "./support.js";

const feature = streamedOutput();
const limits = { connectTimeout: 1, headersTimeout: 2, bodyTimeout: 3 };

function streamOf(...chunks: (string | Error)[]): ResponseStream & { readonly cancelled: number } {
  let cancelled = 0;
  return {
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) {
        if (chunk instanceof Error) throw chunk;
        yield await Promise.resolve(Buffer.from(chunk));
      }
    },
    cancel: () => void cancelled++,
    get cancelled() {
      return cancelled;
    },
  };
}

const given = (status: number, stream?: ResponseStream, body = new Uint8Array()): HttpResponse => ({
  status,
  headers: { "x-amzn-requestid": "r-1" },
  body,
  ...(stream && { stream }),
});

async function receive(response: HttpResponse, options = {}, changes = {}): Promise<HttpResponse> {
  const context = await contextOf(callOf(putThing, options), {}, changes);
  return (await feature.response?.(response, context)) ?? expect.unreachable();
}

describe("streamed-output", () => {
  it("asks the transport for a stream, which the caller's signal ends, not the deadline", async () => {
    const { signal } = new AbortController();
    const context = await contextOf({ ...callOf(putThing), bodySignal: signal });
    expect(feature.transport?.(limits, context, context.request)).toEqual({ ...limits, streamed: { signal } });
  });

  it("returns the body of a success as a streaming body, unread", async () => {
    const { stream } = await receive(given(200, streamOf("one", "two")));
    expect(await (stream as StreamingBody).text()).toBe("onetwo");
  });

  it("returns a body that the transport has read although a stream was requested", async () => {
    const { stream } = await receive(given(200, undefined, Buffer.from("whole")));
    expect(await (stream as StreamingBody).text()).toBe("whole");
  });

  it("reads the body of an error to its end, within the call's bounds", async () => {
    const source = streamOf("no ", "access");
    expect(Buffer.from((await receive(given(403, source))).body).toString()).toBe("no access");
    const controller = new AbortController();
    const never: ResponseStream = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
      cancel: () => {},
    };
    const reading = receive(given(403, never), {}, { signal: controller.signal });
    controller.abort();
    await expect(reading).rejects.toBeInstanceOf(AbortedError);
  });

  it("gives errors of the reading the metadata of their call", async () => {
    const broken = new ConnectionError("broken off", {});
    const { stream } = await receive(given(200, streamOf("one", broken)));
    const failure: unknown = await (stream as StreamingBody).bytes().catch((error: unknown) => error);
    expect(failure).toBe(broken);
    expect(failure).toMatchObject({ operation: "PutThing", $metadata: { status: 200, requestId: "r-1" } });
  });

  it("collects no more than maxResponseSize, and reports how to read more", async () => {
    const { stream } = await receive(given(200, streamOf("four", "five")), { maxResponseSize: 7 });
    await expect((stream as StreamingBody).bytes()).rejects.toMatchObject({
      code: "Connection",
      message: expect.stringMatching(/^The response of PutThing cannot be collected: .*for await/) as unknown,
    });
  });
});
