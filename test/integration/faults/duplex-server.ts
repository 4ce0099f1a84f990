import { readFileSync } from "node:fs";
import { createSecureServer, createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";

/** What a server does with each request. */
export type ScriptedResponse = (stream: ServerHttp2Stream, socket: Socket) => void;

/** A server on loopback that speaks HTTP/2, and counts. */
export interface DuplexServer {
  readonly port: number;
  readonly requests: number;
  /** Connections that are open. */
  readonly connections: number;
  close(): Promise<void>;
}

/** @param certificate the folder of `key.pem` and `cert.pem`; without TLS if undefined */
export async function startDuplexServer(
  response: ScriptedResponse,
  certificate: string | undefined,
): Promise<DuplexServer> {
  const open = new Set<Socket>();
  let requests = 0;
  const read = (name: string): Buffer => readFileSync(join(certificate ?? "", name));
  const server = certificate ? createSecureServer({ key: read("key.pem"), cert: read("cert.pem") }) : createServer();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
  });
  server.on("sessionError", () => {});
  server.on("stream", (stream: ServerHttp2Stream) => {
    requests++;
    // A client that breaks off is what many faults are about.
    stream.on("error", () => {});
    const [socket] = [...open].slice(-1);
    if (socket) response(stream, socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get requests() {
      return requests;
    },
    get connections() {
      return open.size;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
