import { describe, expect, it } from "vitest";
import { serverSentEvents } from "#runtime/event-streams/server-sent-events.js";
import type { EventStream } from "#runtime/event-streams/types.js";

interface Source extends EventStream<object> {
  cancelled: number;
  read: number;
}

function streamOf(...events: readonly (object | Error)[]): Source {
  const source: Source = {
    cancelled: 0,
    read: 0,
    cancel: () => source.cancelled++,
    async *[Symbol.asyncIterator]() {
      for (const event of events) {
        source.read++;
        if (event instanceof Error) throw event;
        yield await Promise.resolve(event);
      }
    },
  };
  return source;
}

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

describe("serverSentEvents", () => {
  it("sends each event under its name, with its value as JSON", async () => {
    const events = streamOf(
      { text: { text: "a\nb", at: new Date(0) } },
      { sound: { bytes: Uint8Array.of(1, 2), buffer: Buffer.from([3]), long: 2n ** 60n } },
      { $unknown: ["new\nkind", { headers: {}, payload: Buffer.from("line 1\r\nline 2") }] },
    );
    expect(await textOf(serverSentEvents(events))).toBe(
      'event: text\ndata: {"text":"a\\nb","at":"1970-01-01T00:00:00.000Z"}\n\n' +
        'event: sound\ndata: {"bytes":"AQI=","buffer":"Aw==","long":"1152921504606846976"}\n\n' +
        "event: new kind\ndata: line 1\ndata: line 2\n\n",
    );
  });

  it("sends what a function makes of events, and skips those that it makes nothing of", async () => {
    const stream = serverSentEvents(streamOf({ a: 1 }, { b: 2 }), {
      map: (event) => ("a" in event ? undefined : { id: "7\r\nevent: x", data: "plain" }),
    });
    expect(await textOf(stream)).toBe("id: 7 event: x\ndata: plain\n\n");
  });

  it("fails as the events do, or ends with an event", async () => {
    const failing = () => streamOf({ a: 1 }, new Error("gone"));
    await expect(textOf(serverSentEvents(failing()))).rejects.toThrow("gone");
    const failed = (error: unknown) => ({ event: "failed", data: (error as Error).message });
    const events = failing();
    expect(await textOf(serverSentEvents(events, { failed }))).toBe(
      "event: a\ndata: 1\n\nevent: failed\ndata: gone\n\n",
    );
    expect(events.cancelled).toBe(1);
  });

  it("reads no event ahead, and cancels the events with the stream", async () => {
    const events = streamOf({ a: 1 }, { b: 2 }, { c: 3 });
    const reader = serverSentEvents(events).getReader();
    expect(events.read).toBe(0);
    await reader.read();
    expect(events.read).toBe(1);
    await reader.cancel();
    expect(events.cancelled).toBe(1);
  });
});
