import { getEventListeners } from "node:events";
import { Agent } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import { createNodeHttpTransport, type NodeHttpTransportOptions } from "#runtime/transport/node/transport.js";
import type { Transport } from "#runtime/schema/http.js";
import { closedPort, startHttpServer, startRawServer } from "./support/servers.js";
import { failure, limits, pause, post, text } from "./support/transport.js";

const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

function openTransport(options?: NodeHttpTransportOptions): Transport {
  const transport = createNodeHttpTransport(options);
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
    expect(server.requests[0]?.headers).toEqual({
      host: server.host,
      connection: "keep-alive",
      "content-type": "application/x-amz-json-1.1",
      "content-length": "4",
    });
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ "content-type": "text/plain", "x-amzn-requestid": "id" });
    expect(text(response.body)).toBe("answer");
  });

  it("sends bytes, and a POST without a body as one of length 0", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    await transport.send(post(server, { body: new Uint8Array([104, 105]) }), limits);
    const { body: _body, ...bodiless } = post(server);
    await transport.send(bodiless, limits);
    expect(server.requests.map(({ body }) => body)).toEqual(["hi", ""]);
    expect(server.requests[1]?.headers["content-length"]).toBe("0");
  });

  it.each(["DELETE", "GET", "OPTIONS", "PATCH"])("reports how long the body of a %s is", async (method) => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    await transport.send(post(server, { method, body: "é" }), limits);
    await transport.send(post(server, { method, body: new Uint8Array(3) }), limits);
    await transport.send(post(server, { method: "DELETE", body: undefined }), limits);
    expect(server.requests.map(({ headers }) => headers["content-length"])).toEqual(["2", "3", undefined]);
    expect(server.requests.map(({ body }) => body)).toEqual(["é", "\0\0\0", ""]);
    expect(server.connections).toBe(1);
  });

  it("joins several values of one header", async () => {
    const server = await startRawServer((socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\nX-Two: a\r\nx-two: b\r\nSet-Cookie: c\r\nset-cookie: d\r\nETag: e\r\netag: f\r\n",
      );
      socket.write("__proto__: evil\r\ncontent-length: 0\r\n\r\n");
    });
    const { headers } = await openTransport().send(post(server), limits);
    expect(headers).toMatchObject({ "x-two": "a, b", "set-cookie": "c, d", etag: "e, f", "content-length": "0" });
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(headers, "__proto__")?.value).toBe("evil");
  });

  it("reads a body of 10 MB, an interim response before it, and returns a redirect", async () => {
    const sent = Buffer.alloc(10_000_000, "0123456789abcdef");
    const server = await startHttpServer(({ url }, response) => {
      if (url === "/redirect") response.writeHead(307, { location: "/" }).end();
      else {
        response.writeEarlyHints({ link: "</a>; rel=preload" });
        response.end(sent);
      }
    });
    const transport = openTransport();
    const { status, headers, body } = await transport.send(post(server), limits);
    expect([status, headers["link"], sent.equals(body)]).toEqual([200, undefined, true]);
    expect((await transport.send(post(server, { path: "/redirect" }), limits)).status).toBe(307);
    expect(server.requests).toHaveLength(2);
  });

  it("keeps a connection and uses it again, at most maxConnections at once", async () => {
    const server = await startHttpServer((_request, response) => setTimeout(() => response.end(), 10));
    const transport = openTransport({ maxConnections: 2 });
    for (let count = 0; count < 5; count++) await transport.send(post(server), limits);
    expect([server.requests.length, server.connections]).toEqual([5, 1]);
    await Promise.all(Array.from({ length: 10 }, () => transport.send(post(server), limits)));
    expect([server.requests.length, server.connections]).toEqual([15, 2]);
  });

  it("lets requests in flight end when it is closed, and rejects further ones", async () => {
    const server = await startHttpServer((_request, response) => setTimeout(() => response.end("done"), 30));
    const transport = createNodeHttpTransport();
    const running = transport.send(post(server), limits);
    while (server.requests.length === 0) await pause(5);
    const closed = transport.close();
    expect(text((await running).body)).toBe("done");
    await closed;
    await expect.poll(() => server.open.size).toBe(0);
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
      systemCode: "ECONNREFUSED",
      sent: false,
    });
  });

  it("an error before the socket is returned: the request was not sent then either", async () => {
    // As with an address that no route leads to, which the operating system says at once.
    const agent = new Agent({
      lookup: (_hostname, _options, callback) =>
        callback(Object.assign(new Error("connect ENETUNREACH"), { code: "ENETUNREACH" }), "", 4),
    });
    onTestFinished(() => agent.destroy());
    const transport = openTransport({ agent });
    const error = await failure(transport.send(post({ origin: "http://a.example", host: "a.example" }), limits));
    expect(error).toMatchObject({
      message: "POST http://a.example was not sent: no route leads to the host's network (ENETUNREACH).",
      sent: false,
    });
  });

  it("TLS spoken to a plain server", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const origin = server.origin.replace("http:", "https:");
    const error = await failure(openTransport().send(post({ ...server, origin }), limits));
    expect(error).toMatchObject({
      message: expect.stringMatching(/was not sent: .*TLS.* \(E\w+\)\.$/),
      sent: false,
    });
  });

  it("a request that is no HTTP", async () => {
    const server = await startRawServer(() => {});
    for (const parts of [{ headers: { host: "a", "x-name": "a\r\nx-evil: b" } }, { path: "/a b" }]) {
      const error = await failure(openTransport().send(post(server, parts), limits));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ sent: false });
    }
    expect(server.requests).toHaveLength(0);
  });

  const cases = [
    { name: "reset before the headers", response: "", reset: true, message: /got no response: .*\(ECONNRESET\)\.$/ },
    { name: "closed before the headers", response: "", message: /got no response: .*\(ECONNRESET\)\.$/ },
    {
      name: "closed in the headers",
      response: "HTTP/1.1 200 OK\r\ncontent-le",
      message: /got no response: /,
    },
    {
      name: "body shorter than its content-length",
      response: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      message: /got part of a response only \(status 200, 3 bytes of its body\): /,
    },
    {
      name: "chunked body cut off",
      response: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab",
      message: /got part of a response only \(status 200, 7 bytes of its body\): /,
    },
    {
      name: "chunk without a size",
      response: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      message: /got part of a response only/,
    },
    { name: "no HTTP at all", response: "220 mail.example ESMTP\r\n", message: /got no response: / },
    {
      name: "a switch of protocols",
      response: "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
      message: /got no response/,
    },
  ];

  it.each(cases)("$name", async ({ response: given, reset, message }) => {
    const server = await startRawServer((socket) => {
      if (reset) socket.write(given, () => setTimeout(() => socket.resetAndDestroy(), 20));
      else socket.end(given);
    });
    const error = await failure(openTransport().send(post(server), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toMatch(message);
    expect(error).toMatchObject({ sent: true, cause: expect.any(Error) });
    expect(server.requests).toHaveLength(1);
  });
});

describe("time limits", () => {
  it("of waiting for a free connection: what waited in vain is never sent", async () => {
    const held: Socket[] = [];
    const server = await startRawServer((socket) => held.push(socket));
    const transport = openTransport({ maxConnections: 1 });
    const first = transport.send(post(server, { body: "first" }), limits);
    while (server.requests.length < 1) await pause(5);
    const error = await failure(
      transport.send(post(server, { body: "late" }), { ...limits, connectTimeout: 80, headersTimeout: 1 }),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "connect", limit: 80 });
    expect((error as Error).message).toContain("the only connection allowed is in use (option maxConnections)");
    held[0]?.write(ok);
    await first;
    const next = transport.send(post(server, { body: "next" }), limits);
    while (held.length < 2) await pause(5);
    held[1]?.write(ok);
    await next;
    expect(server.requests.map(({ body }) => body)).toEqual(["first", "next"]);
  });

  it("of a TLS connection that does not come about", async () => {
    const server = await startRawServer(() => {});
    const origin = server.origin.replace("http:", "https:");
    const error = await failure(openTransport().send(post({ ...server, origin }), { ...limits, connectTimeout: 50 }));
    expect(error).toMatchObject({ phase: "connect", limit: 50 });
    await expect.poll(() => server.open.size).toBe(0);
  });

  it.each([
    { phase: "headers", response: "" },
    { phase: "headers", response: "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200" },
    { phase: "body", response: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc" },
  ])("of the $phase", async ({ phase, response: scripted }) => {
    const server = await startRawServer((socket) => socket.write(scripted));
    const error = await failure(openTransport().send(post(server), { ...limits, [`${phase}Timeout`]: 60 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase, limit: 60 });
    await expect.poll(() => server.open.size).toBe(0);
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
    const server = await startRawServer((socket) => socket.write(scripted));
    const controller = new AbortController();
    const sent = failure(openTransport().send(post(server), { ...limits, signal: controller.signal }));
    while (server.requests.length === 0) await pause(5);
    await pause(20);
    controller.abort(reason);
    const error = await sent;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: reason });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    await expect.poll(() => server.open.size).toBe(0);
  });
});
