import { isAnyObject } from "../../text/any-object.js";
import type { Socket } from "node:net";

/** Opens connections for undici. */
export type Connector = (options: object, callback: (error: Error | null, socket: Socket | null) => void) => void;

/** Errors of sockets that had received data before. */
const errors = new WeakSet<object>();

/**
 * A connector that records whether a failed socket had served an earlier request: undici's errors do not report it. The
 * sockets may end while a response over them is paused.
 */
export function watchSockets(connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (error, socket) => {
      socket?.prependListener("error", (failure) => {
        if (socket.bytesRead > 0) errors.add(failure);
      });
      if (socket) guardPauses(socket);
      callback(error, socket);
    });
}

/**
 * Whether an error is that of a socket that had served before. undici reports what was read from one that was closed.
 */
export function isOfPooledSocket(error: unknown): boolean {
  if (!isAnyObject(error)) return false;
  const { socket } = error as { readonly socket?: { readonly bytesRead?: number } };
  return errors.has(error) || (socket?.bytesRead ?? 0) > 0;
}

/** What is used of undici's parser, which is a property of the socket. */
interface Parser {
  readonly paused: boolean;
  shouldKeepAlive: boolean;
  resume(): void;
}

/**
 * Lets a paused response survive the end of its connection. undici before 8 asserts that no parser is paused when a
 * connection ends with its last response, and that assertion ends the process. A paused parser is therefore resumed
 * before undici checks. A release without such parsers is not changed.
 *
 * @see https://github.com/nodejs/undici/issues/5360
 */
export function guardPauses(socket: Socket): void {
  socket.prependListener("end", () => pausedParser(socket)?.resume());
  socket.prependListener("error", () => {
    const parser = pausedParser(socket);
    // For a response that others could follow, undici reports the error as it is, and does not try to finish it.
    if (parser) parser.shouldKeepAlive = true;
  });
}

function pausedParser(socket: Socket): Parser | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === "parser");
  const parser = key && (socket as unknown as Readonly<Record<symbol, Partial<Parser> | null>>)[key];
  return parser?.paused === true && typeof parser.resume === "function" ? (parser as Parser) : undefined;
}
