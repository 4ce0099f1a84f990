import { getEventListeners } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import type { Transport } from "#runtime/schema/http.js";
import { closedPort, startHttpServer, startRawServer } from "./support/servers.js";
import { failure, limits, pause, post, text } from "./support/transport.js";

const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

function openTransport(): Transport {
  const transport = createFetchTransport();
  onTestFinished(() => transport.close());
  return transport;
}

describe("a request and its response", () => {
  it("sends method, path, query, headers and body, and reads status, headers and body", async () => {
    const server = await startHttpServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "x-amzn-requestid": "id" }).end("answer");
    });
    const request = post(server, { method: "PUT", path: "/a%20b", query: "x=1&y=", body: "body" });
    const response = await openTransport().send(Object.freeze(request), limits);
    expect(server.requests).toMatchObject([{ method: "PUT", url: "/a%20b?x=1&y=", body: "body" }]);
    expect(server.requests[0]?.headers).toMatchObject({
      host: server.host,
      "content-type": "application/x-amz-json-1.1",
      "content-length": "4",
    });
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ "content-type": "text/plain", "x-amzn-requestid": "id" });
    expect(text(response.body)).toBe("answer");
  });

  it("sends bytes, and reads an empty body and one of 10 MB", async () => {
    const sent = Buffer.alloc(10_000_000, "0123456789abcdef");
    const server = await startHttpServer(({ body }, response) => response.end(body === "hi" ? sent : undefined));
    const transport = openTransport();
    const { body } = await transport.send(post(server, { body: new Uint8Array([104, 105]) }), limits);
    expect(sent.equals(body)).toBe(true);
    expect((await transport.send(post(server), limits)).body).toEqual(new Uint8Array());
  });

  it("returns a redirect and follows none", async () => {
    const server = await startHttpServer((_request, response) => response.writeHead(307, { location: "/" }).end());
    expect((await openTransport().send(post(server), limits)).status).toBe(307);
    expect(server.requests).toHaveLength(1);
  });

  it("lets requests in flight end when it is closed, and rejects further ones", async () => {
    const server = await startHttpServer((_request, response) => setTimeout(() => response.end("done"), 30));
    const transport = createFetchTransport();
    const running = transport.send(post(server), limits);
    while (server.requests.length === 0) await pause(5);
    const closed = transport.close();
    expect(text((await running).body)).toBe("done");
    await closed;
    const error = await failure(transport.send(post(server), limits));
    expect(error).toMatchObject({ message: `POST ${server.origin} was not sent: the client is closed.`, sent: false });
  });
});

describe("a failure", () => {
  it("refused", async () => {
    const port = await closedPort();
    const origin = `http://127.0.0.1:${port}`;
    const error = await failure(openTransport().send(post({ origin, host: `127.0.0.1:${port}` }), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message: `POST ${origin} was not sent: nothing accepts connections there (ECONNREFUSED).`,
      sent: false,
    });
  });

  it.each([
    { name: "closed before the headers", response: "", message: /got no response: / },
    {
      name: "body shorter than its content-length",
      response: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      message: /got part of a response only \(status 200, 3 bytes of its body\): /,
    },
    { name: "no HTTP at all", response: "220 mail.example ESMTP\r\n", message: /got no response: / },
  ])("$name", async ({ response: given, message }) => {
    const server = await startRawServer((socket) => socket.end(given));
    const error = await failure(openTransport().send(post(server), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toMatch(message);
    expect(error).toMatchObject({ sent: true, cause: expect.any(Error) });
  });
});

describe("time limits", () => {
  it.each([
    { phase: "headers", response: "" },
    { phase: "body", response: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc" },
  ])("of the $phase", async ({ phase, response: scripted }) => {
    const sockets: Socket[] = [];
    const server = await startRawServer((socket) => {
      sockets.push(socket);
      socket.write(scripted);
    });
    const error = await failure(openTransport().send(post(server), { ...limits, [`${phase}Timeout`]: 60 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase, limit: 60 });
    await expect.poll(() => sockets[0]?.destroyed).toBe(true);
    expect(server.requests).toHaveLength(1);
  });
});

describe("an aborted signal", () => {
  const reason = new Error("the user pressed stop");

  it("makes no request where it was aborted before", async () => {
    const server = await startRawServer((socket) => socket.write(ok));
    const error = await failure(openTransport().send(post(server), { ...limits, signal: AbortSignal.abort(reason) }));
    expect(error).toBeInstanceOf(AbortedError);
    await pause(30);
    expect([server.requests.length, server.connections]).toEqual([0, 0]);
  });

  it.each([
    { phase: "headers", response: "" },
    { phase: "body", response: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc" },
  ])("ends the $phase at once, breaks the connection off, and leaves no listener", async ({ response: scripted }) => {
    const sockets: Socket[] = [];
    const server = await startRawServer((socket) => {
      sockets.push(socket);
      socket.write(scripted);
    });
    const controller = new AbortController();
    const sent = failure(openTransport().send(post(server), { ...limits, signal: controller.signal }));
    while (server.requests.length === 0) await pause(5);
    await pause(20);
    controller.abort(reason);
    const error = await sent;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: reason });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    await expect.poll(() => sockets[0]?.destroyed).toBe(true);
    expect(server.requests).toHaveLength(1);
  });
});
