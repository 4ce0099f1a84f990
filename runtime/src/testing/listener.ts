import { createServer as createHttpServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo, Server } from "node:net";

/** A request, of either version of HTTP. */
export interface HttpMessage extends AsyncIterable<unknown> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Whether the whole request was received. */
  readonly complete: boolean;
}

/** A response, of either version of HTTP. */
export interface HttpReply extends NodeJS.EventEmitter {
  statusCode: number;
  setHeader(name: string, value: string | number): unknown;
  hasHeader(name: string): boolean;
  /** False if `drain` should be awaited. */
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  end(bytes: Uint8Array): unknown;
}

/** The connection of a request. */
export interface Connection {
  /** Sends the headers of the response, before there is a body. */
  flushHeaders(): void;
  /** Aborts it: TCP RST. */
  reset(): void;
  /** Closes it regularly. */
  end(): void;
}

export type Serve = (message: HttpMessage, http: HttpReply, connection: Connection) => void;

/** A server on a free port of 127.0.0.1. */
export interface Listener {
  listen(): Promise<number>;
  /** Closes all connections, and resolves when the server has stopped. */
  close(): Promise<void>;
}

/** A server of HTTP/1.1. */
export function http1Listener(serve: Serve): Listener {
  const server = createHttpServer((message, http) =>
    serve(message, http, {
      flushHeaders: () => http.flushHeaders(),
      reset: () => http.socket?.resetAndDestroy(),
      end: () => http.socket?.end(),
    }),
  );
  return listenerOf(server, () => server.closeAllConnections());
}

/** A server of HTTP/2 without TLS. */
export function http2Listener(serve: Serve): Listener {
  const sessions = new Set<ServerHttp2Session>();
  const server = createHttp2Server((message, http) => {
    const { session } = http.stream;
    serve(message, http, {
      flushHeaders: () => http.writeHead(http.statusCode),
      reset: () => session?.destroy(),
      end: () => http.stream.close(),
    });
  });
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  return listenerOf(server, () => {
    for (const session of sessions) session.destroy();
  });
}

function listenerOf(server: Server, closeConnections: () => void): Listener {
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        closeConnections();
      }),
  };
}
