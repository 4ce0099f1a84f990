import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createSecureServer, type Http2SecureServer, type SecureServerOptions } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { AbortedError, ConfigurationError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import { createHttp2Transport, type Http2TransportOptions } from "#runtime/transport/http2/transport.js";
import type { HttpRequest, Transport } from "#runtime/schema/http.js";
import { type Certificate, makeCertificate } from "../../support/certificate.js";
import { code, startFrameServer, type } from "./support/frames.js";
import { closedPort, startHttpServer as startServerOf, startRawServer, type TestServer } from "./support/servers.js";
import { failure, limits, pause, post, text } from "./support/transport.js";

function openTransport(options?: Http2TransportOptions): Transport {
  const transport = createHttp2Transport(options);
  onTestFinished(() => transport.close());
  return transport;
}

const startHttpServer = (handler: Parameters<typeof startServerOf>[0]): Promise<TestServer> =>
  startServerOf(handler, 2);

/** An error of a request that was not sent. */
async function unsent(transport: Transport, request: HttpRequest): Promise<Error> {
  const error = await failure(transport.send(request, limits));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ sent: false });
  return error as Error;
}

describe("a request and its response over HTTP/2", () => {
  it("sends method, path, query, headers and body, and reads status, headers and body", async () => {
    const server = await startHttpServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "x-amzn-requestid": "id" }).end("answer");
    });
    const request = post(server, { method: "PUT", path: "/a%20b", query: "x=1&y=", body: "body" });
    const response = await openTransport().send(Object.freeze(request), Object.freeze({ ...limits }));
    expect(server.requests).toMatchObject([{ method: "PUT", url: "/a%20b?x=1&y=", body: "body" }]);
    expect(Object.fromEntries(Object.entries(server.requests[0]?.headers ?? {}))).toEqual({
      ":method": "PUT",
      ":scheme": "http",
      ":authority": server.host,
      ":path": "/a%20b?x=1&y=",
      "content-type": "application/x-amz-json-1.1",
      "content-length": "4",
    });
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ "content-type": "text/plain", "x-amzn-requestid": "id" });
    expect(text(response.body)).toBe("answer");
  });

  it.each(["DELETE", "GET", "OPTIONS", "PATCH", "POST"])("reports how long the body of a %s is", async (method) => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    await transport.send(post(server, { method, body: "é" }), limits);
    await transport.send(post(server, { method, body: new Uint8Array(3) }), limits);
    await transport.send(post(server, { method, body: undefined }), limits);
    const withoutBody = method.startsWith("P") ? "0" : undefined;
    expect(server.requests.map(({ headers }) => headers["content-length"])).toEqual(["2", "3", withoutBody]);
    expect(server.requests.map(({ body }) => body)).toEqual(["é", "\0\0\0", ""]);
    expect(server.connections).toBe(1);
  });

  it("joins several values of one header", async () => {
    const server = await startFrameServer((peer, stream) => {
      const block = ["set-cookie", "c", "set-cookie", "d", "etag", "e", "etag", "f", "__proto__", "evil"];
      const fields = block.map((value) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]));
      const pairs = [0, 1, 2, 3, 4].flatMap((index) => [Buffer.from([0]), ...fields.slice(index * 2, index * 2 + 2)]);
      const payload = Buffer.concat([Buffer.from([0x88]), ...pairs]);
      peer.write(Buffer.concat([Buffer.from([0, 0, payload.length, type.headers, 5, 0, 0, 0, stream]), payload]));
    });
    const { headers } = await openTransport().send(post(server), limits);
    expect(headers).toMatchObject({ "set-cookie": "c, d", etag: "e, f" });
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
    const { status, headers, body, timing } = await transport.send(post(server), limits);
    expect([status, headers["link"], sent.equals(body)]).toEqual([200, undefined, true]);
    expect(Object.keys(timing ?? {})).toEqual(["connect", "headers", "body"]);
    expect((await transport.send(post(server, { path: "/redirect" }), limits)).status).toBe(307);
    expect(server.requests).toHaveLength(2);
  });

  it("returns an empty body for HEAD, 204 and 304", async () => {
    const server = await startHttpServer(({ method }, response) => {
      if (method === "HEAD") response.writeHead(200, { "content-length": "100" }).end();
      else response.writeHead(method === "GET" ? 304 : 204).end();
    });
    const transport = openTransport();
    for (const [method, status] of [
      ["HEAD", 200],
      ["GET", 304],
      ["DELETE", 204],
    ] as const) {
      const response = await transport.send(post(server, { method, body: undefined }), limits);
      expect([response.status, response.body.byteLength]).toEqual([status, 0]);
    }
  });

  it.each([
    ["a line break in a value", { headers: { "x-name": "secret\r\nx-evil: b" } }],
    ["a NUL in a value", { headers: { "x-name": "secret\0" } }],
    ["a space in a name", { headers: { "x name": "secret" } }],
    ["no name", { headers: { "": "secret" } }],
    ["a space in the path", { path: "/a b" }],
    ["a header of HTTP/1.1 connections", { headers: { connection: "secret" } }],
  ])("rejects %s before it connects or sends, and does not show it", async (_what, parts) => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    const error = await unsent(transport, post(server, parts));
    expect(error.message).not.toContain("secret");
    expect(server.requests).toHaveLength(0);
    expect((await transport.send(post(server), limits)).status).toBe(200);
  });
});

describe("the connections of HTTP/2", () => {
  it("serve many requests at a time, one connection for an origin", async () => {
    const server = await startHttpServer(({ body }, response) => setTimeout(() => response.end(body), 20));
    const transport = openTransport();
    const sent = Array.from({ length: 50 }, (_, index) => transport.send(post(server, { body: `${index}` }), limits));
    expect((await Promise.all(sent)).map(({ body }) => text(body))).toEqual(sent.map((_, index) => String(index)));
    for (let count = 0; count < 5; count++) await transport.send(post(server), limits);
    expect([server.requests.length, server.connections]).toEqual([55, 1]);
  });

  it("become more where the server accepts no more streams, up to maxConnections; further requests wait", async () => {
    let most = 0;
    const running = new Map<object, number>();
    const server = await startFrameServer(
      (peer, stream) => {
        running.set(peer, (running.get(peer) ?? 0) + 1);
        most = Math.max(most, running.get(peer) ?? 0);
        setTimeout(() => {
          running.set(peer, (running.get(peer) ?? 0) - 1);
          peer.head(stream, {}, true);
        }, 20);
      },
      { maxStreams: 2 },
    );
    const transport = openTransport({ maxConnections: 3 });
    await Promise.all(Array.from({ length: 20 }, () => transport.send(post(server), limits)));
    expect([server.requests, server.peers.length, most]).toEqual([20, 3, 2]);
  });

  it("are all in use: connectTimeout, and what waited in vain is never sent", async () => {
    const server = await startFrameServer(() => {}, { maxStreams: 1 });
    const transport = openTransport({ maxConnections: 1 });
    const first = transport.send(post(server), limits);
    await expect.poll(() => server.requests).toBe(1);
    const error = await failure(transport.send(post(server), { ...limits, connectTimeout: 60, headersTimeout: 1 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      message:
        `POST ${server.origin} timed out after 60 ms (option connectTimeout): ` +
        "the only connection allowed is in use (option maxConnections).",
      phase: "connect",
    });
    server.peers[0]?.head(1, {}, true);
    await first;
    await pause(20);
    expect(server.requests).toBe(1);
  });

  it("are closed where nothing waits for them any more", async () => {
    const server = await startRawServer(() => {});
    const transport = openTransport();
    const controller = new AbortController();
    const sent = [1, 2].map((index) =>
      failure(
        transport.send(post(server), {
          ...limits,
          ...(index === 1 ? { connectTimeout: 50 } : { signal: controller.signal }),
        }),
      ),
    );
    expect(await sent[0]).toMatchObject({ phase: "connect", limit: 50 });
    expect(server.open.size).toBe(1);
    controller.abort();
    expect(await sent[1]).toBeInstanceOf(AbortedError);
    await expect.poll(() => server.open.size).toBe(0);
  });

  it("are opened afresh where the server closed the one in reserve", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const transport = openTransport();
    await transport.send(post(server), limits);
    for (const socket of server.open) socket.end();
    await pause(30);
    await transport.send(post(server), limits);
    expect([server.requests.length, server.connections]).toEqual([2, 2]);
  });

  it("are not used for new requests once the server has announced to close them, which requests in flight survive", async () => {
    const server = await startFrameServer((peer, stream, count) => {
      if (count === 1) peer.goAway(stream, code.noError);
      else peer.head(stream, {}, true);
    });
    const transport = openTransport();
    const first = transport.send(post(server), limits);
    await expect.poll(() => server.requests).toBe(1);
    await pause(20);
    await transport.send(post(server), limits);
    server.peers[0]?.head(1).data(1, "late", true);
    expect(text((await first).body)).toBe("late");
    expect(server.peers).toHaveLength(2);
    await expect.poll(() => server.open.size).toBe(1);
  });

  it("are closed after the requests in flight; later requests are rejected", async () => {
    const server = await startHttpServer((_request, response) => setTimeout(() => response.end("done"), 30));
    const transport = createHttp2Transport();
    const running = transport.send(post(server), limits);
    while (server.requests.length === 0) await pause(5);
    const closed = transport.close();
    expect(transport.close()).toBe(closed);
    expect(text((await running).body)).toBe("done");
    await closed;
    await expect.poll(() => server.open.size).toBe(0);
    expect(await failure(transport.send(post(server), limits))).toMatchObject({
      message: `POST ${server.origin} was not sent: the client is closed.`,
      systemCode: "UND_ERR_CLOSED",
      sent: false,
    });
    await expect(createHttp2Transport().close()).resolves.toBeUndefined();
  });

  it("keep the process alive while they have streams, and no longer", async () => {
    const active = (): number => process.getActiveResourcesInfo().filter((kind) => kind.startsWith("TCPSocket")).length;
    const server = await startFrameServer(() => {});
    const transport = openTransport();
    for (const stream of [1, 3]) {
      const sent = transport.send(post(server), limits);
      await expect.poll(() => server.requests).toBe((stream + 1) / 2);
      // The other end of the connection is in this process, too.
      for (const socket of server.open) socket.unref();
      expect(active()).toBe(1);
      server.peers[0]?.head(stream, {}, true);
      await sent;
      await pause(20);
      expect(active()).toBe(0);
    }
    expect(server.peers).toHaveLength(1);
  });

  it("cannot be opened: rejected", async () => {
    const port = await closedPort();
    const origin = `http://127.0.0.1:${port}`;
    const error = await unsent(openTransport(), post({ origin, host: `127.0.0.1:${port}` }));
    expect(error.message).toBe(`POST ${origin} was not sent: nothing accepts connections there (ECONNREFUSED).`);
  });

  it("cannot be opened: the server speaks HTTP/1.1, or nothing that is known", async () => {
    const old = await startServerOf((_request, response) => response.end());
    const odd = await startRawServer(() => {});
    const mail = createHttpServer();
    mail.on("connection", (socket) => socket.end("220 mail.example ESMTP\r\n"));
    const error = await unsent(openTransport(), post(old));
    expect(error.message).toBe(
      `POST ${old.origin} was not sent: the server does not speak HTTP/2 there (CLIENTSMITH_NO_HTTP2).`,
    );
    expect(await unsent(openTransport(), post(await listening(mail)))).toMatchObject({
      systemCode: "CLIENTSMITH_NO_HTTP2",
    });
    const silent = failure(openTransport().send(post(odd), { ...limits, connectTimeout: 60 }));
    expect(await silent).toMatchObject({ code: "Timeout", phase: "connect" });
  });
});

/** Starts a server, which is closed when the test ends. */
async function listening(server: Server, scheme = "http"): Promise<{ origin: string; host: string }> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return { origin: `${scheme}://${host}`, host };
}

describe("HTTP/2 over TLS", () => {
  let certificate: Certificate;
  let ca: string;

  beforeAll(() => {
    certificate = makeCertificate();
    ca = certificate.cert;
  });

  function http2Server(options: SecureServerOptions = {}): Http2SecureServer {
    const server = createSecureServer({ ...certificate, ...options }, (request, response) => {
      const { alpnProtocol } = request.socket as { alpnProtocol?: string };
      response.end(`${alpnProtocol} ${request.headers[":authority"]}`);
    });
    return server.on("tlsClientError", () => {}).on("sessionError", () => {});
  }

  it("is agreed on with the server", async () => {
    let connections = 0;
    const server = await listening(
      http2Server().on("secureConnection", () => connections++),
      "https",
    );
    const transport = openTransport({ connect: { ca } });
    for (let count = 0; count < 2; count++) {
      const { body, timing } = await transport.send(post(server), limits);
      expect(text(body)).toBe(`h2 ${server.host}`);
      if (count === 0) expect(timing?.connect).toBeGreaterThan(0.9);
    }
    expect(connections).toBe(1);
  });

  it.each([
    ["speaks HTTP/1.1 only, and reports it", () => createHttpsServer({ ...certificate, ALPNProtocols: ["http/1.1"] })],
    ["does not negotiate", () => createTlsServer(certificate, (socket) => void socket.on("error", () => {}))],
  ])("fails at once with a server that %s", async (_what, create) => {
    const server = await listening(
      create().on("tlsClientError", () => {}),
      "https",
    );
    const error = await unsent(openTransport({ connect: { ca } }), post(server));
    expect(error).toMatchObject({
      message: `POST ${server.origin} was not sent: the server does not speak HTTP/2 there (CLIENTSMITH_NO_HTTP2).`,
      systemCode: "CLIENTSMITH_NO_HTTP2",
    });
  });

  it("fails with a certificate that is not trusted, or for another host, or that is no option", async () => {
    const server = await listening(http2Server(), "https");
    expect(await unsent(openTransport(), post(server))).toMatchObject({
      message: `POST ${server.origin} was not sent: the server's TLS certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).`,
    });
    const elsewhere = openTransport({ connect: { ca, servername: "example.com" } });
    expect(await unsent(elsewhere, post(server))).toMatchObject({ systemCode: "ERR_TLS_CERT_ALTNAME_INVALID" });
    const invalid = openTransport({ connect: { ca, cert: "none", key: "none" } });
    expect((await unsent(invalid, post(server))).message).toContain(`POST ${server.origin} was not sent: `);
  });

  it("fails with a server that does not speak TLS, and waits connectTimeout for one that is silent", async () => {
    const plain = await startHttpServer((_request, response) => response.end());
    const secure = { ...plain, origin: plain.origin.replace("http:", "https:") };
    expect((await unsent(openTransport(), post(secure))).message).toMatch(/was not sent: .*\(E\w+\)\.$/);
    const raw = await startRawServer(() => {});
    const silent = { ...raw, origin: raw.origin.replace("http:", "https:") };
    const error = await failure(openTransport().send(post(silent), { ...limits, connectTimeout: 50 }));
    expect(error).toMatchObject({ code: "Timeout", phase: "connect", limit: 50 });
    await expect.poll(() => raw.open.size).toBe(0);
  });

  describe("over a proxy", () => {
    /** A proxy that opens tunnels, and counts them. */
    async function startProxy(allow = true): Promise<{ host: string; tunnels: string[]; authorizations: unknown[] }> {
      const tunnels: string[] = [];
      const authorizations: unknown[] = [];
      const proxy = createHttpServer().on("connect", ({ url = "", headers }, socket: Socket) => {
        socket.on("error", () => {});
        tunnels.push(url);
        authorizations.push(headers["proxy-authorization"]);
        if (!allow) return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        const [host = "", port = ""] = url.split(":");
        const server = connect({ host, port: Number(port) }, () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          server.pipe(socket).pipe(server);
        });
        server.on("error", () => socket.destroy());
        socket.on("close", () => server.destroy());
      });
      return { host: (await listening(proxy)).host, tunnels, authorizations };
    }

    it("goes through a tunnel, with TLS and without", async () => {
      const proxy = await startProxy();
      const server = await listening(http2Server(), "https");
      const plain = await startHttpServer((_request, response) => response.end("plain"));
      const transport = openTransport({ connect: { ca }, proxy: `http://user:pass%20word@${proxy.host}` });
      for (let count = 0; count < 2; count++) {
        expect(text((await transport.send(post(server), limits)).body)).toBe(`h2 ${server.host}`);
      }
      expect(text((await transport.send(post(plain), limits)).body)).toBe("plain");
      expect(proxy.tunnels).toEqual([server.host, plain.host]);
      expect(proxy.authorizations).toContain(`Basic ${btoa("user:pass word")}`);
    });

    it("fails if the proxy opens none, or is not there", async () => {
      const proxy = await startProxy(false);
      const server = await listening(http2Server(), "https");
      expect(await unsent(openTransport({ proxy: `http://${proxy.host}` }), post(server))).toMatchObject({
        message:
          `POST ${server.origin} was not sent (over the proxy ${proxy.host}): the proxy requires authentication ` +
          "(status 407); check user and password in its URL (CLIENTSMITH_PROXY_AUTHENTICATION).",
      });
      const port = await closedPort();
      expect((await unsent(openTransport({ proxy: `http://127.0.0.1:${port}` }), post(server))).message).toContain(
        `(over the proxy 127.0.0.1:${port}): nothing accepts connections there`,
      );
      expect(() => createHttp2Transport({ proxy: "ftp://a.example" })).toThrow(ConfigurationError);
    });
  });
});
