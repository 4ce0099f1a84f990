import type { Transport } from "@clientsmith/runtime";
import type { Socket } from "node:net";
import type { EventStream } from "../../../runtime/src/event-streams/types.js";
import { type CallSettings, openClient, type WireCalls, type Word } from "./events-client.js";
import {
  busy,
  failing,
  failingLate,
  half,
  hostile,
  kindOf,
  read,
  recorded,
  saying,
  signalOf,
  silent,
  word,
} from "./events-parts.js";
import { limit, pause } from "./fault.js";
import { response, type Serve, startServer } from "./server.js";

/** Something that goes wrong with an event stream. */
export interface EventFault {
  readonly id: string;
  readonly run: (transport: Transport) => Promise<{ readonly outcome: string; readonly requests: number }>;
  /** What is to become of it: how many events were read, then the kind of the error. */
  readonly outcome: string;
  /** Requests that the server saw; undefined where it may see one or none. */
  readonly requests: number | undefined;
  /** What the server does, for other clients; absent where the fault is about what this client offers. */
  readonly serve?: Serve;
}

const type = "content-type: application/vnd.amazon.eventstream\r\n";
const chunked = Buffer.from(`HTTP/1.1 200 OK\r\n${type}transfer-encoding: chunked\r\n\r\n`);
/** The body ends with the connection, so a cut is not an error of HTTP. */
const unbounded = Buffer.from(`HTTP/1.1 200 OK\r\n${type}connection: close\r\n\r\n`);
const chunk = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
const lastChunk = Buffer.from("0\r\n\r\n");

/** The head of a response and a part of its body; the rest is as said. */
const partly =
  (part: Uint8Array, rest: (socket: Socket) => void = () => {}): Serve =>
  (socket) => {
    socket.write(part.byteLength > 0 ? Buffer.concat([chunked, chunk(part)]) : chunked);
    setTimeout(() => rest(socket), 50);
  };

interface Listening {
  readonly serve?: Serve;
  readonly abortAfter?: number;
  readonly options?: CallSettings;
  readonly use?: (stream: EventStream<Word>, transport: Transport) => Promise<string>;
}

interface Telling {
  readonly serve?: Serve;
  readonly source: () => AsyncIterable<unknown>;
  readonly abortAfter?: number;
  readonly options?: CallSettings;
}

/** Runs one call, then requires that the connection is released without closing the client. */
async function withServer(
  transport: Transport,
  serve: Serve | undefined,
  run: (calls: WireCalls) => Promise<string>,
): Promise<{ readonly outcome: string; readonly requests: number }> {
  const server = await startServer(serve);
  const calls = openClient(server.port, transport);
  const outcome = await run(calls).catch(kindOf);
  const { requests } = server;
  await server.close();
  return { outcome, requests };
}

const listening = (id: string, outcome: string, given: Listening): EventFault => ({
  id,
  outcome,
  requests: 1,
  ...(given.serve && !given.use && given.abortAfter === undefined && { serve: given.serve }),
  run: (transport) =>
    withServer(transport, given.serve, async (calls) => {
      const { words } = await calls.listen({ ...signalOf(given.abortAfter), ...given.options });
      return (given.use ?? ((stream) => read(stream)))(words, transport);
    }),
});

const reporting = (id: string, outcome: string, given: Telling): EventFault => ({
  id,
  outcome,
  requests: undefined,
  run: (transport) =>
    withServer(transport, given.serve, async ({ tell }) => {
      const { count } = (await tell(given.source(), { ...signalOf(given.abortAfter), ...given.options })) as {
        readonly count?: number;
      };
      return `output ${count}`;
    }),
});

/** One call for each byte of the recorded stream; the outcome counts how each ended. */
const atEachByte = (id: string, outcome: string, serve: (at: number) => Serve): EventFault => ({
  id,
  outcome,
  requests: recorded.length,
  serve: serve(Math.floor(recorded.length * 0.75)),
  run: async (transport) => {
    const counts = new Map<string, number>();
    const places = [...recorded.keys()];
    let at = 0;
    const { requests } = await withServer(
      transport,
      (socket, request) => serve(at)(socket, request),
      async ({ listen }) => {
        for (at of places) {
          const found = await listen().then(({ words }) => read(words), kindOf);
          counts.set(found, (counts.get(found) ?? 0) + 1);
        }
        return "";
      },
    );
    const outcomes = [...counts].map(([found, count]) => `${count} × ${found}`).toSorted();
    return { outcome: outcomes.join(", "), requests };
  },
});

const rejected = response(503, '{"message":"later"}', {
  "content-type": "application/json",
  "x-amzn-errortype": "BusyError",
});
const counted = response(200, '{"count":1}', { "content-type": "application/json" });

/** Responds when all of a short request has come. */
const later: Serve = (socket) => void setTimeout(() => socket.write(counted), 200);

export const eventFaults: readonly EventFault[] = [
  // From the service.
  listening("whole", "2 ended", { serve: partly(recorded, (socket) => void socket.write(lastChunk)) }),
  atEachByte(
    "cut at each byte, connection closed",
    `1 × 0 ended, 1 × 1 ended, ${half - 1} × 0 UnexpectedResponseError, ${half - 1} × 1 UnexpectedResponseError`,
    (at) => (socket) => void socket.end(Buffer.concat([unbounded, recorded.subarray(0, at)])),
  ),
  atEachByte(
    "cut at each byte within the HTTP body",
    `${half} × 0 ConnectionError, ${half} × 1 ConnectionError`,
    (at) => (socket) => {
      socket.write(chunked);
      socket.end(at === 0 ? "" : chunk(recorded.subarray(0, at)));
    },
  ),
  atEachByte(
    "each byte changed",
    `${half} × 0 UnexpectedResponseError, ${half} × 1 UnexpectedResponseError`,
    (at) => (socket) => {
      const changed = Buffer.from(recorded);
      changed[at] = (changed[at] ?? 0) ^ 0xa5;
      socket.end(Buffer.concat([unbounded, changed]));
    },
  ),
  listening("a page instead of events", "0 UnexpectedResponseError", {
    serve: (socket) => void socket.write(response(200, "<html>Welcome</html>".repeat(10))),
  }),
  listening("no response", "TimeoutError headers", {}),
  listening("no first event", "0 TimeoutError body", { serve: partly(new Uint8Array()) }),
  listening("stalled within a prelude", "0 TimeoutError body", { serve: partly(recorded.subarray(0, 5)) }),
  listening("stalled within an event", "1 TimeoutError body", { serve: partly(recorded.subarray(0, half + 20)) }),
  listening("silent between events", "1 TimeoutError body", { serve: partly(word) }),
  listening("an error that stalls", "TimeoutError body", {
    serve: (socket) => void socket.write("HTTP/1.1 503 Busy\r\ncontent-length: 90\r\n\r\n{"),
  }),
  listening("an exception, and more", "1 BusyError", { serve: partly(Buffer.concat([word, busy, word])) }),
  listening("reset within an event", "1 ConnectionError", {
    serve: partly(recorded.subarray(0, half + 20), (socket) => void socket.resetAndDestroy()),
  }),
  listening("aborted before the response", "AbortedError", { abortAfter: 100 }),
  listening("aborted while waiting for an event", "1 AbortedError", { serve: partly(word), abortAfter: 200 }),
  listening("cancelled while waiting for an event", "1 AbortedError", {
    serve: partly(word),
    use: (stream) => read(stream, () => setTimeout(() => stream.cancel(), 50)),
  }),
  listening("cancelled unread", "0 TypeError", {
    serve: partly(word),
    use: async (stream) => {
      stream.cancel();
      return read(stream);
    },
  }),
  listening("left", "left", {
    serve: partly(recorded),
    use: async (stream) => {
      for await (const event of stream) if (event.text) break;
      return "left";
    },
  }),
  listening("left by an error of the loop", "mine", {
    serve: partly(recorded),
    use: async (stream) => {
      try {
        for await (const event of stream) throw new Error(event.text.text);
      } catch {
        return "mine";
      }
      return "nothing";
    },
  }),
  listening("unread while the transport is closed", "ConnectionError", {
    serve: partly(recorded),
    use: async (stream, transport) => {
      await transport.close();
      // What has arrived before may be read first.
      return (await read(stream)).replace(/^\d /, "");
    },
  }),
  listening("read after a pause", "2 ended", {
    serve: partly(recorded, (socket) => void socket.write(lastChunk)),
    use: async (stream) => {
      await pause(limit * 2);
      return read(stream);
    },
  }),
  // To the service.
  reporting("sent", "output 1", { source: () => saying(3), serve: later }),
  reporting("sent slowly", "output 1", {
    serve: later,
    async *source() {
      yield* saying(1);
      await pause(limit * 2);
      yield* saying(1);
    },
  }),
  reporting("the iterable fails at once", "ConnectionError cause the microphone is gone", { source: () => failing(0) }),
  reporting("the iterable fails later", "ConnectionError cause the microphone is gone", { source: () => failing(2) }),
  reporting("an invalid event", "ValidationError", {
    async *source() {
      yield* saying(1);
      yield { text: {} };
    },
  }),
  reporting("an invalid event", "ValidationError", {
    async *source() {
      yield null;
    },
  }),
  reporting("no response to the events", "TimeoutError headers", { source: () => saying(1) }),
  reporting("the service accepts no more", "TimeoutError body", {
    source: () => saying(1_000_000),
    serve: (socket) => void socket.pause(),
  }),
  reporting("aborted while sending", "AbortedError", { source: silent, abortAfter: 100 }),
  reporting("past the deadline while sending", "TimeoutError deadline", { source: silent, options: { deadline: 100 } }),
  reporting("reset while sending", "ConnectionError", {
    source: silent,
    serve: (socket) => void setTimeout(() => socket.resetAndDestroy(), 50),
  }),
  reporting("rejected while sending", "BusyError", { source: silent, serve: (socket) => void socket.write(rejected) }),
  reporting("output while sending", "output 1", { source: silent, serve: (socket) => void socket.write(counted) }),
  reporting("output, then the iterable fails", "output 1", {
    source: failingLate,
    serve: (socket) => void socket.write(counted),
  }),
  reporting("output, then the iterable fails in every way", "output 1", {
    source: hostile,
    serve: (socket) => void socket.write(counted),
  }),
];
export { startServer } from "./server.js";
