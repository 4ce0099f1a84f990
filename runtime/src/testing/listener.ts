import { createServer as createHttpServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createSecureServer, createServer as createHttp2Server, type Http2ServerResponse } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";

/** A request, of either version of HTTP. */
export interface HttpMessage {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remotePort?: number | undefined };
  /** Whether the whole request was received. */
  readonly complete: boolean;
  /** The chunks of the body. */
  iterator(options: { readonly destroyOnReturn: boolean }): AsyncIterable<unknown>;
  /** Reads what is left of the body, and drops it. */
  resume(): unknown;
}

/** A response, of either version of HTTP. */
export interface OutgoingResponse extends NodeJS.EventEmitter {
  statusCode: number;
  setHeader(name: string, value: string | number): unknown;
  hasHeader(name: string): boolean;
  /** False if `drain` should be awaited. */
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  end(bytes: Uint8Array): unknown;
}

/** The connection of a request. */
export interface LocalConnection {
  /** Sends the headers of the response, before there is a body. */
  flushHeaders(): void;
  /** Aborts it: TCP RST. */
  reset(): void;
  /** Closes it regularly. */
  end(): void;
}

/** Key and certificate of a server, in PEM. */
export interface TlsCertificate {
  readonly key: string | Uint8Array;
  /** May have further certificates up to an authority behind it. */
  readonly cert: string | Uint8Array;
}

export type Serve = (message: HttpMessage, http: OutgoingResponse, connection: LocalConnection) => void;

/** A server on a free port of 127.0.0.1. */
export interface Listener {
  listen(): Promise<number>;
  /** Closes all connections, and resolves when the server has stopped. */
  close(): Promise<void>;
}

/** A server of HTTP/1.1. */
export function http1Listener(serve: Serve): Listener {
  return listenerOf((onRequest) => createHttpServer(onRequest), serve);
}

/** A server of HTTP/2 without TLS. */
export function http2Listener(serve: Serve): Listener {
  return listenerOf((onRequest) => createHttp2Server(onRequest), serve);
}

/**
 * A server with TLS, of HTTP/2 and HTTP/1.1, as the client negotiates (ALPN).
 *
 * @throws TypeError for a key or a certificate that cannot be read, and for a key of another certificate
 */
export function tlsListener({ key, cert }: TlsCertificate, serve: Serve): Listener {
  const options = { key: Buffer.from(key), cert: Buffer.from(cert), allowHTTP1: true };
  try {
    return listenerOf((onRequest) => createSecureServer(options, onRequest as never), serve);
  } catch (cause) {
    throw new TypeError("tls: the key or the certificate cannot be used; both must be in PEM, and belong together", {
      cause,
    });
  }
}

type NodeResponse = OutgoingResponse & (ServerResponse | Http2ServerResponse);

function listenerOf(
  create: (onRequest: (message: HttpMessage, http: NodeResponse) => void) => Server,
  serve: Serve,
): Listener {
  // By the port of the client: of the sockets that messages know, those of TLS and HTTP/2 cannot be reset.
  const sockets = new Map<number | undefined, Socket>();
  const server = create((message, http) => {
    const socket = sockets.get(message.socket.remotePort);
    serve(message, http, {
      flushHeaders: () => ("stream" in http ? http.writeHead(http.statusCode) : http.flushHeaders()),
      reset: () => socket?.resetAndDestroy(),
      end: () => ("stream" in http ? http.stream.close() : http.socket?.end()),
    });
  });
  server.on("connection", (socket: Socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}
