import { describe, expect, it } from "vitest";
import { ConnectionError } from "#runtime/errors/index.js";
import { closedPort, startHttpServer, startRawServer, type TestServer } from "./support/servers.js";
import { failure, limits, openTransport, post, text } from "./support/transport.js";

/** What a connector of undici is called with. */
type Connected = (error: Error, socket: null) => void;

const nowhere = { origin: "https://nowhere.test", host: "nowhere.test" };

/** Sends one request and gives the error, which must be a `ConnectionError`. */
async function connectionError(
  server: Pick<TestServer, "origin" | "host">,
  connect?: object,
): Promise<ConnectionError> {
  const error = await failure(openTransport({ connect }).send(post(server), limits));
  expect(error).toBeInstanceOf(ConnectionError);
  return error as ConnectionError;
}

describe("no connection", () => {
  it("refused", async () => {
    const port = await closedPort();
    const origin = `http://127.0.0.1:${port}`;
    const error = await connectionError({ origin, host: `127.0.0.1:${port}` });
    expect(error.message).toBe(`POST ${origin} was not sent: nothing accepts connections there (ECONNREFUSED).`);
    expect(error).toMatchObject({ systemCode: "ECONNREFUSED", sent: false, cause: { syscall: "connect" } });
  });

  it("rejected on every address of the host", async () => {
    const port = await closedPort();
    const error = await connectionError({ origin: `http://localhost:${port}`, host: `localhost:${port}` });
    expect(error).toMatchObject({ systemCode: "ECONNREFUSED", sent: false });
  });

  it("unknown host", async () => {
    const lookup = Object.assign(new Error("getaddrinfo ENOTFOUND nowhere.test"), { code: "ENOTFOUND" });
    const error = await connectionError(nowhere, (_options: object, callback: Connected) => callback(lookup, null));
    expect(error.message).toBe(
      "POST https://nowhere.test was not sent: DNS has no such host; check the endpoint (ENOTFOUND).",
    );
    expect(error).toMatchObject({ cause: lookup, sent: false });
  });

  it("several errors in one, without a code of its own", async () => {
    const rejected = Object.assign(new Error("connect ECONNREFUSED ::1:443"), { code: "ECONNREFUSED" });
    const both = new AggregateError([rejected, new Error("other")]);
    const error = await connectionError(nowhere, (_options: object, callback: Connected) => callback(both, null));
    expect(error).toMatchObject({ systemCode: "ECONNREFUSED", cause: both });
  });

  it("certificate for another host", async () => {
    const wrong = Object.assign(new Error("Hostname/IP does not match"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    const error = await connectionError(nowhere, (_options: object, callback: Connected) => callback(wrong, null));
    expect(error.message).toContain("the server's TLS certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID).");
    expect(error.sent).toBe(false);
  });

  it("TLS spoken to a plain server", async () => {
    const server = await startHttpServer((_request, response) => response.end());
    const error = await connectionError({ origin: server.origin.replace("http:", "https:"), host: server.host });
    expect(error.message).toContain(
      "was not sent: the server does not speak TLS there (ERR_SSL_WRONG_VERSION_NUMBER).",
    );
    expect(error.sent).toBe(false);
    expect(server.requests).toHaveLength(0);
  });

  it("an error without a code", async () => {
    const odd = new Error("something odd");
    const error = await connectionError(nowhere, (_options: object, callback: Connected) => callback(odd, null));
    expect(error.message).toBe("POST https://nowhere.test was not sent: something odd.");
    expect(error.systemCode).toBeUndefined();
  });
});

describe("no complete response", () => {
  const cases: { name: string; response: string; reset?: boolean; message: RegExp }[] = [
    {
      name: "reset before the headers",
      response: "",
      reset: true,
      message: /got no response: .*reset.*\(ECONNRESET\)\.$/,
    },
    {
      name: "closed before the headers",
      response: "",
      message: /got no response: the peer closed the connection \(UND_ERR_SOCKET\)\.$/,
    },
    {
      name: "reset in the headers",
      response: "HTTP/1.1 200 OK\r\ncontent-le",
      reset: true,
      message: /got no response: .*\(ECONNRESET\)\.$/,
    },
    {
      name: "closed in the headers",
      response: "HTTP/1.1 200 OK\r\ncontent-le",
      message: /got no response: the peer closed/,
    },
    {
      name: "reset in the body",
      response: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      reset: true,
      message: /got part of a response only \(status 200, 3 bytes of its body\): .*\(ECONNRESET\)\.$/,
    },
    {
      name: "body shorter than its content-length",
      response: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      message: /got part of a response only \(status 200, 3 bytes of its body\): the peer closed the connection/,
    },
    {
      name: "body shorter than its content-length on a connection that was to be closed",
      response: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\nabc",
      message: /3 bytes of its body\): the body is not as long as its content-length/,
    },
    {
      name: "chunked body cut off",
      response: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab",
      message: /got part of a response only \(status 200, 7 bytes of its body\): the peer closed the connection/,
    },
    {
      name: "chunk without a size",
      response: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      message: /does not match the HTTP\/1\.1 protocol \(Invalid character in chunk size\)/,
    },
    {
      name: "no HTTP at all",
      response: "220 mail.example ESMTP\r\n",
      message: /got no response: Response does not match the HTTP\/1\.1 protocol/,
    },
    {
      name: "two content-lengths",
      response: "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na",
      message: /got no response: the body is not as long as its content-length/,
    },
    {
      name: "headers without end",
      response: `HTTP/1.1 200 OK\r\nx: ${"y".repeat(70_000)}`,
      message: /larger than Node allows .*\(UND_ERR_HEADERS_OVERFLOW\)/,
    },
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
    const error = await connectionError(server);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(new RegExp(`^POST ${server.origin} got `));
    expect(error.sent).toBe(true);
    expect(error.cause).toBeInstanceOf(Error);
    expect(server.requests).toHaveLength(1);
  });

  it("a server that closes each connection after its response is no failure", async () => {
    const server = await startRawServer((socket) =>
      socket.end("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nto the end"),
    );
    const transport = openTransport();
    for (let count = 1; count <= 3; count++) {
      expect(text((await transport.send(post(server), limits)).body)).toBe("to the end");
      expect([server.requests.length, server.connections]).toEqual([count, count]);
    }
  });

  it("the connection after a failed one works", async () => {
    const server = await startRawServer((socket, count) => {
      if (count === 1) socket.resetAndDestroy();
      else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
    const transport = openTransport();
    await failure(transport.send(post(server), limits));
    expect(text((await transport.send(post(server), limits)).body)).toBe("ok");
    expect(server.connections).toBe(2);
  });
});

describe("a request that is no HTTP", () => {
  const cases = [
    {
      name: "header value with a line break",
      parts: { headers: { host: "a", "x-name": "a\r\nx-evil: b" } },
      why: "invalid x-name header",
    },
    { name: "path with a space", parts: { path: "/a b" }, why: "invalid request path" },
    { name: "wrong content-length", parts: { headers: { "content-length": "100" } }, why: "the body is not as long" },
  ];

  it.each(cases)("$name", async ({ parts, why }) => {
    const server = await startRawServer(() => {});
    const error = await failure(openTransport().send(post(server, parts), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: false });
    expect((error as Error).message).toContain(`POST ${server.origin} was not sent: ${why}`);
    expect(server.requests).toHaveLength(0);
  });
});
