import { gzipSync } from "node:zlib";
import { Agent, MockAgent } from "undici";
import { describe, expect, it } from "vitest";
import { ConfigurationError, ConnectionError } from "#runtime/errors/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import { startHttpServer, startRawServer } from "./support/servers.js";
import { failure, limits, openTransport, pause, post, text } from "./support/transport.js";

describe("a request and its response", () => {
  it("sends method, path, query, headers and body, and reads status, headers and body", async () => {
    const server = await startHttpServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "x-amzn-requestid": "id" }).end("answer");
    });
    const response = await openTransport().send(
      post(server, { method: "PUT", path: "/a%20b", query: "x=1&y=", body: "body" }),
      limits,
    );
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

  it("leaves the request as it was given", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const request = Object.freeze({ ...post(server), headers: Object.freeze(post(server).headers) });
    await openTransport().send(request, Object.freeze({ ...limits }));
    expect(server.requests).toHaveLength(1);
  });

  it("joins several values of one header", async () => {
    const server = await startRawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nX-Two: a\r\nx-two: b\r\nSet-Cookie: c\r\nset-cookie: d\r\nset-cookie: e\r\n");
      socket.write("__proto__: evil\r\ncontent-length: 0\r\n\r\n");
    });
    const { headers } = await openTransport().send(post(server), limits);
    expect(headers).toMatchObject({ "x-two": "a, b", "set-cookie": "c, d, e", "content-length": "0" });
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(headers, "__proto__")?.value).toBe("evil");
  });

  it("reads a chunked body to its end", async () => {
    const server = await startHttpServer((_request, response) => {
      response.write("one,");
      setTimeout(() => {
        response.write("two,");
        setTimeout(() => response.end("three"), 10);
      }, 10);
    });
    const { body } = await openTransport().send(post(server), limits);
    expect(text(body)).toBe("one,two,three");
  });

  it("reads a body of 10 MB", async () => {
    const sent = Buffer.alloc(10_000_000, "0123456789abcdef");
    const server = await startHttpServer((_request, response) => response.end(sent));
    const { body } = await openTransport().send(post(server), limits);
    expect(body.byteLength).toBe(sent.byteLength);
    expect(sent.equals(body)).toBe(true);
  });

  it("returns an empty body for HEAD and 204", async () => {
    const server = await startHttpServer(({ method }, response) => {
      if (method === "HEAD") response.writeHead(200, { "content-length": "100" }).end();
      else response.writeHead(204).end();
    });
    const transport = openTransport();
    const { body: _body, ...bodiless } = post(server);
    const head = await transport.send({ ...bodiless, method: "HEAD" }, limits);
    const noContent = await transport.send({ ...bodiless, method: "DELETE" }, limits);
    expect([head.status, head.body.byteLength, head.headers["content-length"]]).toEqual([200, 0, "100"]);
    expect([noContent.status, noContent.body.byteLength]).toEqual([204, 0]);
  });

  it.each(["204 No Content", "304 Not Modified"])(
    "reads a %s that reports how long the body would be, and sends on",
    async (status) => {
      const server = await startRawServer((socket, count) => {
        socket.write(`HTTP/1.1 ${status}\r\ncontent-length: 10\r\nx-count: ${count}\r\n\r\n`);
      });
      const transport = openTransport();
      for (const count of ["1", "2"]) {
        const response = await transport.send(post(server, { method: "GET", body: undefined }), limits);
        expect(response).toMatchObject({ status: Number.parseInt(status, 10), headers: { "x-count": count } });
        expect(response.body).toHaveLength(0);
      }
    },
  );

  it("requests no compression and decodes none", async () => {
    const compressed = gzipSync("text");
    const server = await startHttpServer((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(compressed);
    });
    const { body } = await openTransport().send(post(server), limits);
    expect(server.requests[0]?.headers["accept-encoding"]).toBeUndefined();
    expect(compressed.equals(body)).toBe(true);
  });

  it("waits for the real response after an interim one", async () => {
    const server = await startRawServer((socket) => {
      socket.write("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n");
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
    const { status, headers, body } = await openTransport().send(post(server), limits);
    expect([status, headers["link"], text(body)]).toEqual([200, undefined, "ok"]);
  });

  it("returns a redirect and follows none", async () => {
    const server = await startHttpServer((_request, response) => {
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    const { status } = await openTransport().send(post(server), limits);
    expect(status).toBe(307);
    expect(server.requests).toHaveLength(1);
  });
});

describe("connections", () => {
  it("are kept and used again", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    for (let count = 0; count < 5; count++) await transport.send(post(server), limits);
    expect([server.requests.length, server.connections]).toEqual([5, 1]);
  });

  it("are opened afresh where the server closed the pooled one", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    await transport.send(post(server), limits);
    for (const socket of server.open) socket.end();
    await pause(20);
    await transport.send(post(server), limits);
    expect([server.requests.length, server.connections]).toEqual([2, 2]);
  });

  it("are as many as maxConnections allows, and further requests wait for one", async () => {
    const server = await startHttpServer((_request, response) => setTimeout(() => response.end(), 20));
    for (const maxConnections of [1, 3]) {
      const transport = openTransport({ maxConnections });
      const before = server.connections;
      await Promise.all(Array.from({ length: 10 }, () => transport.send(post(server), limits)));
      expect(server.connections - before).toBe(maxConnections);
    }
    expect(server.requests).toHaveLength(20);
  });
});

describe("closing", () => {
  it("waits for the first request, which waits for undici to be loaded", async () => {
    const server = await startHttpServer((_request, response) => response.end("ok"));
    const transport = createUndiciTransport();
    const given = transport.send(post(server), limits);
    await transport.close();
    expect(text((await given).body)).toBe("ok");
    await expect.poll(() => server.open.size).toBe(0);
  });

  it("lets requests in flight end, closes the connections, and leaves nothing open", async () => {
    const server = await startHttpServer((_request, response) => setTimeout(() => response.end("done"), 30));
    const transport = createUndiciTransport();
    const running = transport.send(post(server), limits);
    while (server.requests.length === 0) await pause(5);
    const closed = transport.close();
    expect(transport.close()).toBe(closed);
    expect(text((await running).body)).toBe("done");
    await closed;
    await expect.poll(() => server.open.size).toBe(0);
    await expect.poll(openSockets).toEqual([]);
  });

  it("rejects what is sent afterwards", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = createUndiciTransport();
    await transport.send(post(server), limits);
    await transport.close();
    const error = await failure(transport.send(post(server), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message: `POST ${server.origin} was not sent: the client is closed.`,
      systemCode: "UND_ERR_CLOSED",
      sent: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  it("is possible before anything was sent", async () => {
    await expect(createUndiciTransport().close()).resolves.toBeUndefined();
  });

  it("does not wait for a connection that no request needs", async () => {
    const transport = createUndiciTransport({ connect: () => {} });
    const controller = new AbortController();
    const sent = transport.send(post({ origin: "http://nowhere.test", host: "nowhere.test" }), {
      ...limits,
      signal: controller.signal,
    });
    await pause(100);
    controller.abort();
    await failure(sent);
    await expect(transport.close()).resolves.toBeUndefined();
  });
});

describe("a dispatcher of the caller's", () => {
  it("is used and never closed", async () => {
    const server = await startHttpServer((_request, response) => response.end("ok"));
    const agent = new Agent();
    const transport = createUndiciTransport({ dispatcher: agent });
    expect(text((await transport.send(post(server), limits)).body)).toBe("ok");
    await transport.close();
    expect([agent.closed, agent.destroyed]).toEqual([false, false]);
    await agent.close();
  });

  it("is configured to have no time limits of its own, since the transport does", async () => {
    const reported: object[] = [];
    const dispatcher = {
      dispatch(options: object): never {
        reported.push(options);
        throw new Error("enough");
      },
    };
    await failure(openTransport({ dispatcher }).send(post({ origin: "http://x.test", host: "x.test" }), limits));
    expect(reported).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }]);
  });

  it("may be undici's mock", async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get("http://mock.test")
      .intercept({ path: "/", method: "POST" })
      .reply(400, '{"__type":"Throttling"}', { headers: { "x-a": "1" } });
    const response = await openTransport({ dispatcher: agent }).send(
      post({ origin: "http://mock.test", host: "mock.test" }),
      limits,
    );
    expect([response.status, text(response.body), response.headers]).toEqual([
      400,
      '{"__type":"Throttling"}',
      { "x-a": "1" },
    ]);
    await agent.close();
  });

  it("that is invalid is rejected", () => {
    expect(() => createUndiciTransport({ dispatcher: {} as Agent })).toThrow(ConfigurationError);
  });

  it("that has an older interface causes an error that states it", async () => {
    const error = await failure(
      openTransport({ dispatcher: olderDispatcher }).send(post({ origin: "http://x.test", host: "x.test" }), limits),
    );
    expect(error).toMatchObject({
      message: "POST http://x.test was not sent: invalid onError method (UND_ERR_INVALID_ARG).",
      sent: false,
    });
  });
});

/** undici 6 looks for methods of the handler that undici 7 no longer requires. */
const olderDispatcher = {
  dispatch(): never {
    throw Object.assign(new Error("invalid onError method"), { code: "UND_ERR_INVALID_ARG" });
  },
};

/** Sockets of this process, whichever side of a connection they are. */
function openSockets(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => /^(TCP(Socket|Connect)|TLS)/.test(kind));
}
