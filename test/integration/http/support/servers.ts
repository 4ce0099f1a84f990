import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server on loopback that counts what reaches it; closed with all its connections when the test ends. */
export interface TestServer {
  readonly origin: string;
  readonly host: string;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Requests whose headers (and announced body) have come in full. */
  readonly requests: readonly ReceivedRequest[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  close(): Promise<void>;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

async function listen(server: Server, requests: ReceivedRequest[]): Promise<TestServer> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket) => {
    connections++;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    // A client that breaks off is what many of these tests are about.
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  onTestFinished(close);
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    requests,
    open,
    close,
  };
}

/** The version of HTTP that a server speaks: 2 is without TLS, and expected by the client. */
export type HttpVersion = 1 | 2;

function createServerOf(version: HttpVersion, listener: RequestListener): Server {
  if (version === 1) return createHttpServer(listener);
  // The messages of both versions have what these tests use.
  return createHttp2Server(listener as never).on("sessionError", () => {});
}

/** An HTTP server; the handler is called once the request's body is there. */
export async function startHttpServer(
  handler: (request: ReceivedRequest, response: ServerResponse) => void,
  version: HttpVersion = 1,
): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServerOf(version, (message: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const { method = "", url = "", headers } = message;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      handler(request, response);
    });
  });
  return listen(server, requests);
}

export type StreamingHandler = (message: IncomingMessage, response: ServerResponse) => void;

export interface StreamingServer extends TestServer {
  /** The requests, in their order. */
  readonly messages: readonly IncomingMessage[];
}

/** An HTTP server; the handler is called with the request's headers, and reads the body as it likes. */
export async function startStreamingServer(
  handler: StreamingHandler,
  version: HttpVersion = 1,
): Promise<StreamingServer> {
  const requests: ReceivedRequest[] = [];
  const messages: IncomingMessage[] = [];
  const server = createServerOf(version, (message, response) => {
    const { method = "", url = "", headers } = message;
    requests.push({ method, url, headers, body: "" });
    messages.push(message);
    // A client that breaks off in the middle is what many of these tests are about.
    message.on("error", () => {});
    handler(message, response);
  });
  return Object.defineProperty(await listen(server, requests), "messages", { value: messages }) as StreamingServer;
}

/** Whether a request was broken off: its connection is closed, or its stream over HTTP/2. */
export const isOver = (message: IncomingMessage): boolean =>
  "stream" in message ? (message.stream as { readonly destroyed: boolean }).destroyed : message.socket.destroyed;

/** Whether a stream of HTTP/2 was reset; the messages of Node end all the same. */
export const wasReset = (message: IncomingMessage): boolean =>
  "stream" in message && (message.stream as { readonly aborted: boolean }).aborted;

export interface RawServer extends TestServer {
  /** Connections that are open and that a request came over. */
  readonly serving: readonly Socket[];
}

/** A server that responds to each request with the bytes that the handler writes. */
export async function startRawServer(handler: (socket: Socket, count: number) => void): Promise<RawServer> {
  const requests: ReceivedRequest[] = [];
  const served = new Set<Socket>();
  const server = createServer((socket) => {
    let pending = "";
    socket.on("data", (data) => {
      pending += data.toString("latin1");
      for (;;) {
        const end = pending.indexOf("\r\n\r\n");
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
        if (end === -1 || pending.length < end + 4 + length) return;
        const [method = "", url = ""] = pending.split(" ", 2);
        requests.push({ method, url, headers: {}, body: pending.slice(end + 4, end + 4 + length) });
        pending = pending.slice(end + 4 + length);
        served.add(socket);
        handler(socket, requests.length);
      }
    });
  });
  const started = await listen(server, requests);
  // Defined, for a copy would count once.
  return Object.defineProperty(started, "serving", {
    get: () => [...started.open].filter((socket) => served.has(socket)),
  }) as RawServer;
}

/** A port of loopback on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
