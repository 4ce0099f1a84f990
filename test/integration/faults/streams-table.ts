import type { Transport, TransportOptions } from "@clientsmith/runtime";
import type { Socket } from "node:net";
import { limit, pause } from "./fault.js";
import { response, type Serve, startServer, success } from "./server.js";

/** Something that goes wrong with a streaming body. */
export interface StreamFault {
  readonly id: string;
  readonly run: (transport: Transport) => Promise<{ readonly outcome: string; readonly requests: number }>;
  /** What is to become of it: how much was read, or the kind of the error. */
  readonly outcome: string;
}

interface Case {
  readonly serve?: Serve;
  /** The request's body. */
  readonly source?: () => AsyncIterable<Uint8Array>;
  /** Milliseconds after which the caller's signals are aborted. */
  readonly abortAfter?: number;
  readonly read?: (stream: AsyncIterable<Uint8Array> & { cancel(): void }, transport: Transport) => Promise<number>;
}

const part = new Uint8Array(65_536);

async function* parts(count: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count; sent++) yield part;
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield part;
  throw new Error("the disk is gone");
}

async function* stalled(): AsyncGenerator<Uint8Array> {
  yield part;
  await new Promise(() => {});
}

/** Half a response; the rest is as said. */
const half =
  (rest: (socket: Socket) => void = () => {}): Serve =>
  (socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabc");
    setTimeout(() => rest(socket), 50);
  };

async function sizeOf(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += chunk.byteLength;
  return size;
}

const faultOf = (id: string, outcome: string, { serve, source, abortAfter, read = sizeOf }: Case): StreamFault => ({
  id,
  outcome,
  run: async (transport) => {
    const server = await startServer(serve ?? ((socket) => void socket.write(success)));
    const controller = new AbortController();
    const { signal } = controller;
    if (abortAfter !== undefined) setTimeout(() => controller.abort(new Error("enough")), abortAfter);
    const options: TransportOptions = {
      connectTimeout: 10_000,
      headersTimeout: limit,
      bodyTimeout: limit,
      signal,
      ...(!source && { streamed: { signal } }),
    };
    const host = `127.0.0.1:${server.port}`;
    const request = { method: "PUT", origin: `http://${host}`, path: "/", query: "", headers: { host } };
    const settled = transport.send({ ...request, ...(source && { stream: source() }) }, options);
    const became = await settled
      .then(({ stream, body }) => (stream ? read(stream, transport) : body.byteLength))
      .then(String, (error: { name: string; code: string; phase?: string; systemCode?: string }) =>
        [error.name, error.phase, error.systemCode?.startsWith("CLIENTSMITH") && error.systemCode]
          .filter(Boolean)
          .join(" "),
      );
    const { requests } = server;
    await server.close();
    return { outcome: became, requests };
  },
});

const responded = "13";

export const streamFaults: readonly StreamFault[] = [
  faultOf("sent", responded, { source: () => parts(16), serve: respondAtTheEnd() }),
  faultOf("source-fails", "ConnectionError CLIENTSMITH_REQUEST_STREAM", { source: failing, serve: () => {} }),
  faultOf("source-stalls", "TimeoutError body", { source: stalled, serve: () => {} }),
  faultOf("server-stalls", "TimeoutError body", { source: () => parts(1_000), serve: (socket) => void socket.pause() }),
  faultOf("no-answer", "TimeoutError headers", { source: () => parts(2), serve: () => {} }),
  faultOf("abort-sending", "AbortedError", { source: stalled, serve: () => {}, abortAfter: 100 }),
  faultOf("reset-sending", "ConnectionError", { source: stalled, serve: (socket) => void socket.resetAndDestroy() }),
  faultOf("early-answer", "9", {
    source: stalled,
    serve: (socket) => void socket.write(response(413, "too large")),
  }),
  faultOf("read", "6", { serve: half((socket) => void socket.write("def")) }),
  faultOf("slow-reader", "6", {
    serve: half((socket) => void socket.write("def")),
    read: async (stream) => {
      await pause(limit * 2);
      return sizeOf(stream);
    },
  }),
  faultOf("stalled", "TimeoutError body", { serve: half() }),
  faultOf("truncated", "ConnectionError", { serve: half((socket) => void socket.end()) }),
  faultOf("reset-reading", "ConnectionError", { serve: half((socket) => void socket.resetAndDestroy()) }),
  faultOf("abort-reading", "AbortedError", { serve: half(), abortAfter: 100 }),
  faultOf("cancelled", "AbortedError", {
    serve: half(),
    read: (stream) => {
      setTimeout(() => stream.cancel(), 50);
      return sizeOf(stream);
    },
  }),
  faultOf("left", "3", {
    serve: half(),
    read: async (stream) => {
      for await (const chunk of stream) return chunk.byteLength;
      return 0;
    },
  }),
  faultOf("unread", "ConnectionError", {
    serve: half(),
    read: async (stream, transport) => {
      await transport.close();
      return sizeOf(stream);
    },
  }),
];

/** Responds to what is sent in chunks once the last one has come: the server of the faults sees the head only. */
function respondAtTheEnd(): Serve {
  return (socket, { number }) => {
    if (number > 1) return;
    let seen = "";
    socket.on("data", (data: Buffer) => {
      seen = (seen + data.toString("latin1")).slice(-5);
      if (seen === "0\r\n\r\n") socket.write(success);
    });
  };
}
