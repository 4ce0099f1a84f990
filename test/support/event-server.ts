import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  EventStreamCodec,
  type Message,
  type MessageHeaders,
  type MessageHeaderValue,
} from "@smithy/eventstream-codec";

/** The official codec, which the tests make and read messages with. */
export const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

type Plain = string | MessageHeaderValue;

/** The bytes of a message; headers given as text are strings. */
export function frame(headers: Readonly<Record<string, Plain>>, body: string | Uint8Array = ""): Uint8Array {
  const typed = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === "string" ? { type: "string", value } : value,
  ]);
  return codec.encode({
    headers: Object.fromEntries(typed) as MessageHeaders,
    body: typeof body === "string" ? Buffer.from(body) : body,
  });
}

/** The bytes of an event. */
export function event(
  type: string,
  body: string | Uint8Array = "",
  headers: Readonly<Record<string, Plain>> = {},
): Uint8Array {
  return frame({ ":message-type": "event", ":event-type": type, ...headers }, body);
}

/** The messages in the body of a request, as they arrive. */
export async function* messagesOf(request: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of request) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const length = rest.byteLength < 4 ? Infinity : Buffer.from(rest).readUInt32BE(0);
      if (rest.byteLength < length) break;
      yield codec.decode(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  }
  if (rest.byteLength > 0) throw new Error("the request ended within a message");
}

export interface EventServer extends AsyncDisposable {
  readonly endpoint: string;
  /** Errors of the handler. */
  readonly failures: unknown[];
  /** Connections that are open. */
  connections(): Promise<number>;
}

export const eventStreamType = "application/vnd.amazon.eventstream";

/** A server that responds with events. It closes itself after a minute. */
export async function startEventServer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void,
): Promise<EventServer> {
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    response.on("error", () => {});
    request.on("error", () => {});
    void (async () => handle(request, response))().catch((error: unknown) => {
      failures.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      clearTimeout(timer);
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const timer = setTimeout(() => void close(), 60_000);
  timer.unref();
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    [Symbol.asyncDispose]: close,
  };
}
