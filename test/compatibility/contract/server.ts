import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** Response to a request. */
export interface ScriptedResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
  /** Milliseconds before the response. */
  readonly delay?: number;
  /** Instead of a response: the connection is reset, cut off inside the body, or nothing comes. */
  readonly instead?: "reset" | "cut" | "silence";
}

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server on loopback that sends scripted responses, the last one also for all later requests. */
export interface ScriptedServer {
  readonly url: string;
  readonly received: Received[];
  script(responses: readonly ScriptedResponse[]): void;
  close(): Promise<void>;
}

/** More than this many requests of a scenario are a loop. */
const requestLimit = 60;

export async function startServer(): Promise<ScriptedServer> {
  let givenResponses: readonly ScriptedResponse[] = [];
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      const scripted = givenResponses[received.length - 1] ?? givenResponses.at(-1) ?? {};
      if (received.length > requestLimit) request.socket.destroy();
      else if (scripted.delay) setTimeout(give, scripted.delay, scripted, response, url);
      else give(scripted, response, url);
    });
  });
  // As a proxy it makes tunnels, whose other end is always itself.
  server.on("connect", (_request, socket) => {
    const { port } = server.address() as AddressInfo;
    const tunnel = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(tunnel).pipe(socket);
    });
    tunnel.on("error", () => socket.destroy());
    socket.on("error", () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    script(next) {
      givenResponses = next;
      received.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function give(
  { status = 200, headers = {}, body = {}, instead }: ScriptedResponse,
  response: ServerResponse,
  url: string,
): void {
  if (instead === "silence") return;
  if (instead === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace("{server}", url)]),
  );
  // Connections are closed, so that what a scenario leaves behind does not matter to the next.
  const all = {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": "id-1",
    connection: "close",
    ...(instead === "cut" && { "content-length": String(Buffer.byteLength(text) + 10) }),
    ...given,
  };
  // An empty one means a header that is not sent.
  response.writeHead(status, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "")));
  if (instead !== "cut") response.end(text);
  else response.write(text, () => setTimeout(() => response.socket?.destroy(), 10));
}
