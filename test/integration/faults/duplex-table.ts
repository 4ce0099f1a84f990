import type { ServerHttp2Stream } from "node:http2";
import type { EventStream } from "../../../runtime/src/event-streams/types.js";
import { type ScriptedResponse, startDuplexServer } from "./duplex-server.js";
import { type CallSettings, openClient, type Word } from "./events-client.js";
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
import { waitLimit, pause } from "./fault.js";

/** Something that goes wrong with events that are sent and received at once. */
export interface DuplexFault {
  readonly id: string;
  readonly run: (
    certificate: string | undefined,
    open?: OpenTalker,
  ) => Promise<{ readonly outcome: string; readonly requests: number }>;
  /** What is to become of it: how many events were read, then the kind of the error. */
  readonly outcome: string;
  /** Requests that the server saw. */
  readonly requests: number;
  /** Why v3 is not put to it, if so. */
  readonly withoutV3: string | undefined;
}

/** What is done with a client. */
export interface Talker {
  talk(input: AsyncIterable<unknown>, options?: CallSettings): Promise<{ readonly words: EventStream<Word> }>;
  close(): Promise<void>;
}

export type OpenTalker = (port: number, origin: string | undefined) => Talker;

const openOurs: OpenTalker = (port, origin) => {
  const { client, talk } = openClient(port, undefined, origin);
  return { talk, close: () => client.close() };
};

/** Error codes of HTTP/2. */
const noError = 0;
const internalError = 2;
const refusedStream = 7;

const begin = (stream: ServerHttp2Stream): void =>
  stream.respond({ ":status": 200, "content-type": "application/vnd.amazon.eventstream" });

/** The head of a response and a part of its body; the rest is as said. */
const partly =
  (part: Uint8Array, rest: ScriptedResponse = () => {}): ScriptedResponse =>
  (stream, socket) => {
    stream.resume();
    begin(stream);
    if (part.byteLength > 0) stream.write(part);
    setTimeout(() => rest(stream, socket), 50);
  };

/** Sends an event for each chunk that it gets, and ends after the client has; the last chunk is the end of the signature. */
const echo: ScriptedResponse = (stream) => {
  begin(stream);
  let owed = 0;
  stream
    .on("data", () => {
      if (owed++ > 0) stream.write(word);
    })
    .on("end", () => stream.end());
};

/** One event, then others for as long as they are read, one in 20 ms. */
async function* going(): AsyncGenerator<Word> {
  for (;;) {
    yield* saying(1);
    await pause(20);
  }
}

interface Talking {
  readonly serve?: ScriptedResponse;
  readonly source?: () => AsyncIterable<unknown>;
  readonly abortAfter?: number;
  readonly options?: CallSettings;
  readonly use?: (stream: EventStream<Word>, calls: Talker) => Promise<string>;
  readonly withoutV3?: string;
}

/** Runs with a client of its own, which has to have no connection left once it is closed. */
async function withServer(
  certificate: string | undefined,
  serve: ScriptedResponse,
  open: OpenTalker,
  run: (calls: Talker) => Promise<string>,
): Promise<{ readonly outcome: string; readonly requests: number }> {
  const server = await startDuplexServer(serve, certificate);
  const calls = open(server.port, certificate ? "https://localhost" : undefined);
  const outcome = await Promise.race([run(calls).catch(kindOf), waiting()]);
  if (outcome !== "waiting") await calls.close();
  for (let waited = 0; server.connections > 0 && waited < 1_000; waited += 10) await pause(10);
  const { requests, connections } = server;
  await server.close();
  return { outcome: connections === 0 ? outcome : `${outcome}, ${connections} connections left`, requests };
}

/** What has not come to an end by then counts as waiting. */
const waiting = (): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(resolve, waitLimit, "waiting").unref();
  });

const talking = (id: string, outcome: string, given: Talking): DuplexFault => ({
  id,
  outcome,
  requests: 1,
  withoutV3: given.withoutV3,
  run: (certificate, open = openOurs) =>
    withServer(certificate, given.serve ?? (() => {}), open, async (calls) => {
      const settings = { ...signalOf(given.abortAfter), ...given.options };
      const { words } = await calls.talk((given.source ?? silent)(), settings);
      return (given.use ?? ((stream) => read(stream)))(words, calls);
    }),
});

/** One call for each byte of the recorded stream, over one connection; the outcome counts how each ended. */
const atEachByte = (id: string, outcome: string, serve: (at: number) => ScriptedResponse): DuplexFault => ({
  id,
  outcome,
  requests: recorded.length,
  withoutV3: "206 calls take longer than the test waits",
  run: (certificate, open = openOurs) => {
    const counts = new Map<string, number>();
    let at = 0;
    return withServer(
      certificate,
      (stream, socket) => serve(at)(stream, socket),
      open,
      async ({ talk }) => {
        for (at of recorded.keys()) {
          const found = await talk(silent()).then(({ words }) => read(words), kindOf);
          counts.set(found, (counts.get(found) ?? 0) + 1);
        }
        return [...counts]
          .map(([found, count]) => `${count} × ${found}`)
          .toSorted()
          .join(", ");
      },
    );
  },
});

/** Begins, writes so many bytes of the recorded stream, and resets the stream; its `close` would end it first. */
const cutAt =
  (at: number): ScriptedResponse =>
  (stream) => {
    const reset = (): void => void setImmediate(() => stream.destroy(new Error("reset")));
    stream.resume();
    begin(stream);
    if (at === 0) reset();
    else stream.write(recorded.subarray(0, at), reset);
  };

const rejected: ScriptedResponse = (stream) => {
  stream.respond({ ":status": 503, "content-type": "application/json", "x-amzn-errortype": "BusyError" });
  stream.end('{"message":"later"}');
};

export const duplexFaults: readonly DuplexFault[] = [
  talking("both ways", "3 ended", {
    serve: echo,
    async *source() {
      for (let sent = 0; sent < 2; sent++) {
        yield* saying(1);
        await pause(50);
      }
      yield* saying(1);
    },
  }),
  talking("the service ends first", "1 ended", { source: going, serve: partly(word, (stream) => stream.end()) }),
  atEachByte(
    "cut at each byte, and ended",
    `1 × 0 ended, 1 × 1 ended, ${half - 1} × 0 UnexpectedResponseError, ${half - 1} × 1 UnexpectedResponseError`,
    (at) => (stream) => {
      stream.resume();
      begin(stream);
      stream.end(recorded.subarray(0, at));
    },
  ),
  atEachByte("cut at each byte by a reset", `${half} × 0 ConnectionError, ${half} × 1 ConnectionError`, cutAt),
  atEachByte(
    "each byte changed",
    `${half} × 0 UnexpectedResponseError, ${half} × 1 UnexpectedResponseError`,
    (at) => (stream) => {
      const changed = Buffer.from(recorded);
      changed[at] = (changed[at] ?? 0) ^ 0xa5;
      stream.resume();
      begin(stream);
      stream.end(changed);
    },
  ),
  talking("no response", "TimeoutError headers", {}),
  talking("no response while events are sent", "TimeoutError headers", { source: going }),
  talking("no response, and nothing more accepted", "TimeoutError headers", { source: () => saying(1_000_000) }),
  talking("nothing more accepted, while events arrive", "TimeoutError body", {
    source: () => saying(1_000_000),
    serve: (stream) => {
      begin(stream);
      const timer = setInterval(() => stream.write(word), 50);
      stream.on("close", () => clearInterval(timer));
    },
    use: async (stream) => (await read(stream)).replace(/^\d+ /, ""),
  }),
  talking("no first event", "0 TimeoutError body", { source: going, serve: partly(new Uint8Array()) }),
  talking("stalled within a prelude", "0 TimeoutError body", { source: going, serve: partly(recorded.subarray(0, 5)) }),
  talking("stalled within an event", "1 TimeoutError body", { serve: partly(recorded.subarray(0, half + 20)) }),
  talking("silent between events", "1 TimeoutError body", { source: going, serve: partly(word) }),
  talking("an error while events are sent", "BusyError", { source: going, serve: rejected }),
  talking("an error that stalls", "TimeoutError body", {
    source: going,
    serve: (stream) => {
      stream.respond({ ":status": 503 });
      stream.write("{");
    },
  }),
  talking("an exception while events are sent, and more", "1 BusyError", {
    source: going,
    serve: partly(Buffer.concat([word, busy, word])),
  }),
  talking("refused unread", "ConnectionError", { serve: (stream) => stream.close(refusedStream) }),
  talking("reset before the response", "ConnectionError", { serve: (stream) => stream.close(internalError) }),
  talking("closed without a response", "ConnectionError", { serve: (stream) => stream.close(noError) }),
  talking("the connection reset before the response", "ConnectionError", {
    serve: (_stream, socket) => void socket.resetAndDestroy(),
  }),
  talking("the connection reset within an event", "1 ConnectionError", {
    source: going,
    serve: partly(recorded.subarray(0, half + 20), (_stream, socket) => void socket.resetAndDestroy()),
  }),
  talking("the connection closed within an event", "1 ConnectionError", {
    serve: partly(recorded.subarray(0, half + 20), (_stream, socket) => void socket.destroy()),
  }),
  talking("the server goes away, with an error", "1 ConnectionError", {
    serve: partly(word, ({ session }) => session?.goaway(internalError)),
  }),
  talking("the server goes away after this call", "2 ended", {
    serve: partly(word, (stream) => {
      stream.session?.goaway(noError, stream.id ?? 0);
      setTimeout(() => stream.end(word), 50);
    }),
  }),
  talking("aborted before the response", "AbortedError", { abortAfter: 100 }),
  talking("aborted while both go on", "AbortedError", {
    source: going,
    serve: echo,
    abortAfter: 200,
    use: async (stream) => (await read(stream)).replace(/^\d+ /, ""),
  }),
  talking("past the deadline before the response", "TimeoutError deadline", { options: { deadline: 100 } }),
  talking("cancelled while both go on", "1 AbortedError", {
    withoutV3: "has no such function",
    source: going,
    serve: partly(word),
    use: (stream) => read(stream, () => setTimeout(() => stream.cancel(), 50)),
  }),
  talking("left", "left", {
    source: going,
    serve: echo,
    use: async (stream) => {
      for await (const event of stream) if (event.text) break;
      return "left";
    },
  }),
  talking("unread while the client is closed", "ConnectionError", {
    source: going,
    serve: echo,
    withoutV3: "has no such function",
    use: async (stream, { close }) => {
      await close();
      // What has arrived before may be read first.
      return (await read(stream)).replace(/^\d+ /, "");
    },
  }),
  talking("never read", "unread", { source: going, serve: echo, use: () => Promise.resolve("unread") }),
  talking("the iterable fails at once", "0 ConnectionError cause the microphone is gone", {
    source: () => failing(0),
    serve: partly(new Uint8Array()),
  }),
  talking("the iterable fails later", "2 ConnectionError cause the microphone is gone", {
    source: () => failing(2),
    serve: partly(recorded),
  }),
  talking("the iterable fails before the response", "ConnectionError cause the microphone is gone", {
    source: () => failing(1),
  }),
  talking("the iterable fails, and nothing is read", "unread", {
    source: () => failing(1),
    serve: echo,
    use: async () => {
      await pause(200);
      return "unread";
    },
  }),
  talking("ended, then the iterable fails", "1 ended", { source: failingLate, serve: partly(word, (s) => s.end()) }),
  talking("ended, then the iterable fails in every way", "1 ended", {
    source: hostile,
    serve: partly(word, (stream) => stream.end()),
  }),
  talking("an invalid event", "1 ValidationError", {
    serve: partly(word),
    async *source() {
      await pause(100);
      yield { text: {} };
    },
  }),
];
