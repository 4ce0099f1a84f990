import type { Socket } from "node:net";
import { guardPauses } from "./paused-parser.js";

/** What opens connections for undici. */
export type Connector = (options: object, callback: (error: Error | null, socket: Socket | null) => void) => void;

/** Errors of sockets over which something had been received before. */
const errors = new WeakSet<object>();

/**
 * A connector whose sockets tell, once they fail, whether they had served before: undici's errors do not say. They may end
 * while a response over them is paused.
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

/** Whether an error is that of a socket which had served before. undici tells what was read of one that was closed. */
export function isOfKeptSocket(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { socket } = error as { readonly socket?: { readonly bytesRead?: number } };
  return errors.has(error) || (socket?.bytesRead ?? 0) > 0;
}
