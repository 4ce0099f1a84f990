import { STATUS_CODES } from "node:http";
import { createServer, type Socket, type AddressInfo } from "node:net";

/** A request that has come in full, but for a body in chunks. */
export interface Received {
  /** From 1, over all connections. */
  readonly number: number;
  /** Over its own connection, from 1. */
  readonly onConnection: number;
  /** The lines before the body, as they came. */
  readonly head: string;
}

/** What a server does with each request. Without one it takes requests and is silent. */
export type Serve = (socket: Socket, request: Received) => void;

/** A server on loopback that speaks no HTTP of its own: it counts requests and writes the bytes that it is given. */
export interface FaultServer {
  readonly port: number;
  /** Requests received in full so far. */
  readonly requests: number;
  close(): Promise<void>;
}

export async function startServer(serve: Serve = () => {}): Promise<FaultServer> {
  const open = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    open.add(socket);
    let pending = "";
    let onConnection = 0;
    socket.on("close", () => open.delete(socket));
    // A client that breaks off is what many faults are about.
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      pending += data.toString("latin1");
      for (;;) {
        const end = pending.indexOf("\r\n\r\n");
        const length = Number(/content-length: *(\d+)/i.exec(pending)?.[1] ?? 0);
        if (end === -1 || pending.length < end + 4 + length) return;
        const head = pending.slice(0, end);
        pending = pending.slice(end + 4 + length);
        // The end of a body that comes in chunks looks like that of a head; such a request counts once its head is there.
        if (!/^[A-Z]+ \//.test(head)) continue;
        serve(socket, { number: ++requests, onConnection: ++onConnection, head });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get requests() {
      return requests;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** A port of loopback on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await startServer();
  await server.close();
  return server.port;
}

/** A whole response. Its length is that of the body unless the headers state another. */
export function response(status: number, body: string | Uint8Array = "", headers: Record<string, string> = {}): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const all = { "content-type": "application/x-amz-json-1.1", "content-length": String(bytes.byteLength), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`),
    bytes,
  ]);
}

/** Output of the operation that is called here, ListTrails. */
export const success = response(200, '{"Trails":[]}');

/** An error as the service writes it. */
export function rejection(name: string, status = 400, headers: Record<string, string> = {}): Buffer {
  return response(status, JSON.stringify({ __type: name, message: "of the test" }), headers);
}
