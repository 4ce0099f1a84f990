import { createSecureServer, createServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { Certificate } from "./certificate.js";

export interface DuplexServer extends AsyncDisposable {
  readonly endpoint: string;
  /** Errors of the handler. */
  readonly failures: unknown[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** Connections that are open. */
  readonly open: ReadonlySet<Socket>;
  /** Streams that the client reset, by their error code. */
  readonly resets: number[];
}

/** A server that speaks HTTP/2, with TLS where it gets a certificate. It closes itself after a minute. */
export async function startDuplexServer(
  handle: (request: Http2ServerRequest, response: Http2ServerResponse) => Promise<void> | void,
  certificate?: Certificate,
): Promise<DuplexServer> {
  const failures: unknown[] = [];
  const resets: number[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const server = certificate ? createSecureServer({ ...certificate }) : createServer();
  server.on("connection", (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
  });
  server.on("sessionError", () => {}).on("tlsClientError", () => {});
  server.on("request", (request: Http2ServerRequest, response: Http2ServerResponse) => {
    request.stream.on("error", () => {});
    request.stream.on("aborted", () => resets.push(request.stream.rstCode));
    void (async () => handle(request, response))().catch((error: unknown) => {
      if (!request.stream.aborted) failures.push(error);
      request.stream.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      clearTimeout(timer);
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  const timer = setTimeout(() => void close(), 60_000);
  timer.unref();
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    failures,
    resets,
    open,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: close,
  };
}
