import { gzipSync } from "node:zlib";
import type { Socket } from "node:net";
import type { Fault } from "../fault.js";
import { rejection, response, success, type Serve } from "../server.js";

/** The same for each request. */
const always = (serve: (socket: Socket) => void) => (): Serve => serve;
const given = (bytes: Uint8Array) => always((socket) => void socket.write(bytes));
const close = (bytes: string | Uint8Array = "") => always((socket) => void socket.end(bytes));

/** Writes, lets the client read that, and resets the connection. */
const reset = (bytes: string) =>
  always((socket) => void socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 30)));

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n";
const html = { "content-type": "text/html" };
const page = "<html>\n<h1>Service Unavailable</h1></html>";

/** Sends a success's headers and then its body, a byte each 100 ms, for longer than anybody waits here. */
const drip = always((socket) => {
  socket.write(`${head}content-length: 1000000\r\n\r\n{`);
  const timer = setInterval(() => socket.write(" "), 100);
  socket.on("close", () => clearInterval(timer));
});

/** 64 MiB of a response that is valid. */
const huge = always((socket) => {
  const padding = Buffer.alloc(2 ** 20, " ");
  const body = '{"Trails":[]}';
  socket.write(`${head}content-length: ${64 * 2 ** 20 + body.length}\r\n\r\n`);
  let left = 64;
  const pour = (): void => {
    while (left > 0 && !socket.destroyed) {
      left--;
      if (!socket.write(padding)) return;
    }
    socket.off("drain", pour);
    if (!socket.destroyed) socket.write(body);
  };
  socket.on("drain", pour);
  pour();
});

const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, " "));
const compressed = gzipSync('{"Trails":[]}');

export const responses: readonly Fault[] = [
  {
    id: "reset-before-headers",
    title: "reset before the response",
    serve: always((socket) => void socket.resetAndDestroy()),
    ours: {
      outcome: "ConnectionError ECONNRESET",
      says: /got no response: the peer reset the connection \(ECONNRESET\)/,
      requests: 3,
    },
  },
  {
    id: "closed-before-headers",
    title: "closed before the response",
    serve: close(),
    ours: { outcome: "ConnectionError ECONNRESET", says: /the peer closed the connection/, requests: 3 },
  },
  {
    id: "reset-in-headers",
    title: "reset within the headers",
    serve: reset("HTTP/1.1 200 OK\r\ncontent-le"),
    ours: { outcome: "ConnectionError ECONNRESET", says: /got no response/, requests: 3 },
  },
  {
    id: "reset-after-headers",
    title: "reset after the headers",
    serve: reset(`${head}content-length: 13\r\n\r\n`),
    ours: {
      outcome: "ConnectionError ECONNRESET",
      says: /got part of a response only \(status 200, 0 bytes of its body\): the peer reset the connection/,
      requests: 3,
    },
  },
  {
    id: "truncated",
    title: "body shorter than its content-length, then closed",
    serve: close(`${head}content-length: 13\r\n\r\n{"Tr`),
    ours: {
      outcome: "ConnectionError ECONNRESET",
      says: /got part of a response only \(status 200, 4 bytes of its body\): the peer closed the connection/,
      requests: 3,
    },
  },
  {
    id: "truncated-close",
    title: "the same with `connection: close`",
    serve: close(`${head}connection: close\r\ncontent-length: 13\r\n\r\n{"Tr`),
    ours: {
      outcome: "ConnectionError ECONNRESET",
      says: /got part of a response only/,
      requests: 3,
    },
  },
  {
    id: "truncated-chunks",
    title: "chunked body cut off",
    serve: close(`${head}transfer-encoding: chunked\r\n\r\n4\r\n{"Tr\r\n9\r\nai`),
    ours: { outcome: "ConnectionError ECONNRESET", says: /got part of a response only/, requests: 3 },
  },
  {
    id: "content-length-short",
    title: "body longer than its content-length",
    serve: close(`${head}content-length: 5\r\n\r\n{"Trails":[]}`),
    ours: {
      outcome: "ConnectionError HPE_INVALID_CONSTANT",
      says: /the response is not valid HTTP\/1\.1: Expected HTTP/,
      requests: 3,
    },
  },
  {
    id: "content-length-two",
    title: "two different content-lengths",
    serve: close(`${head}content-length: 5\r\ncontent-length: 13\r\n\r\n{"Trails":[]}`),
    ours: { outcome: "ConnectionError HPE_UNEXPECTED_CONTENT_LENGTH", requests: 3 },
  },
  {
    id: "no-http",
    title: "a response that is not HTTP",
    serve: close("220 mail.example ESMTP\r\n"),
    ours: {
      outcome: "ConnectionError HPE_INVALID_CONSTANT",
      says: /the response is not valid HTTP\/1\.1: Expected HTTP/,
      requests: 3,
    },
  },
  {
    id: "endless-headers",
    title: "headers without end",
    serve: close(`${head}x: ${"y".repeat(100_000)}`),
    ours: { outcome: "ConnectionError HPE_HEADER_OVERFLOW", says: /larger than Node allows/, requests: 3 },
  },
  {
    id: "stalled-headers",
    title: "silence instead of a response",
    ours: {
      outcome: "TimeoutError headers",
      says: /timed out after 500 ms \(option headersTimeout\): the request was sent, but no response started/,
      explains: /TimeoutError, headers, after \d+ ms \(.*response (4[5-9]|5|6|7)\d/,
      requests: 3,
    },
  },
  {
    id: "stalled-in-headers",
    title: "silence within the headers",
    serve: given(Buffer.from("HTTP/1.1 200 OK\r\ncontent-le")),
    ours: { outcome: "TimeoutError headers", says: /option headersTimeout/, requests: 3 },
  },
  {
    id: "stalled-body",
    title: "silence within the body",
    serve: given(Buffer.from(`${head}content-length: 13\r\n\r\n{"Tr`)),
    ours: {
      outcome: "TimeoutError body",
      says: /\(option bodyTimeout\): the response \(status 200\) stalled after 4 bytes of its body/,
      explains: /TimeoutError, body, after \d+ ms \(.*body (4[5-9]|5|6|7)\d/,
      requests: 3,
    },
  },
  {
    id: "drip",
    title: "body of a byte each 0.1 s, call bounded to 1 s",
    serve: drip,
    call: { deadline: 1_000 },
    ours: {
      outcome: "TimeoutError deadline",
      says: /^The call did not finish within its deadline of 1000 ms \(deadline\) and was ended while reading the response\.$/,
      explains: /body \d{3,4} ms/,
      requests: 1,
      within: 1_300,
    },
  },
  {
    id: "html-503",
    title: "503 with a proxy's page",
    serve: given(response(503, page, html)),
    ours: {
      outcome: "UnexpectedResponseError 503",
      says: /\(status 503, text\/html\) .*a proxy may have responded\. It begins: <html> <h1>Service Unavailable<\/h1>/,
      requests: 3,
    },
  },
  {
    id: "empty-500",
    title: "500 without a body",
    serve: given(response(500)),
    ours: { outcome: "UnexpectedResponseError 500", says: /status 500/, requests: 3 },
  },
  {
    id: "invalid-json",
    title: "200 with cut JSON",
    serve: given(response(200, '{"Trails":[')),
    ours: {
      outcome: "UnexpectedResponseError 200",
      says: /^The response \(status 200, application\/x-amz-json-1\.1\) is not JSON$/,
      requests: 1,
    },
  },
  {
    id: "html-200",
    title: "200 with a page (a captive portal)",
    serve: given(response(200, "<html>Please log in</html>", html)),
    ours: {
      outcome: "UnexpectedResponseError 200",
      says: /\(status 200, text\/html\) is not JSON\. It begins: <html>Please log in/,
      requests: 1,
    },
  },
  {
    id: "wrong-type",
    title: "200 with JSON of another shape",
    serve: given(response(200, '{"Trails":7}')),
    ours: { outcome: "UnexpectedResponseError 200", says: /is not as modelled/, requests: 1 },
  },
  {
    id: "throttle-400",
    title: "throttled with 400, for ever",
    serve: given(rejection("ThrottlingException")),
    ours: { outcome: "ThrottlingException 400", says: /of the test/, requests: 3 },
  },
  {
    id: "throttle-429",
    title: "throttled with 429 of no known name, for ever",
    serve: given(rejection("SlowPlease", 429)),
    ours: { outcome: "SlowPlease 429", requests: 3 },
  },
  {
    id: "throttle-once",
    title: "throttled once",
    serve:
      () =>
      (socket, { number }) =>
        void socket.write(number === 1 ? rejection("ThrottlingException") : success),
    ours: { outcome: "succeeded", requests: 2 },
  },
  {
    id: "denied",
    title: "400 that no retry corrects",
    serve: given(rejection("AccessDeniedException")),
    ours: { outcome: "AccessDeniedException 400", requests: 1 },
  },
  {
    id: "huge",
    title: "body of 64 MiB, of which 1 MiB is allowed where that can be said",
    serve: huge,
    setup: () => ({ maxResponseSize: 2 ** 20 }),
    ours: {
      outcome: "ConnectionError CLIENTSMITH_RESPONSE_TOO_LARGE",
      says: /the body has more than 1048576 bytes \(option maxResponseSize\)/,
      requests: 1,
    },
  },
  {
    id: "bomb",
    title: "64 KiB that decompress to 64 MiB",
    serve: given(response(200, bomb, { "content-encoding": "gzip" })),
    setup: () => ({ maxResponseSize: 2 ** 20 }),
    ours: {
      outcome: "UnexpectedResponseError 200",
      says: /\(status 200, application\/x-amz-json-1\.1, content-encoding gzip\) is not JSON/,
      requests: 1,
    },
  },
  {
    id: "bomb-fetch",
    title: "the same over `fetch`, which decompresses",
    serve: given(response(200, bomb, { "content-encoding": "gzip" })),
    setup: () => ({ maxResponseSize: 2 ** 20, fetch: true }),
    without: { v2: "its transport for Node is compared", v3: "its transport for Node is compared" },
    ours: { outcome: "ConnectionError CLIENTSMITH_RESPONSE_TOO_LARGE", says: /option maxResponseSize/, requests: 1 },
  },
  {
    id: "compressed",
    title: "a small response, compressed although it was not requested",
    serve: given(response(200, compressed, { "content-encoding": "gzip" })),
    ours: { outcome: "UnexpectedResponseError 200", says: /content-encoding gzip\) is not JSON/, requests: 1 },
  },
  {
    id: "redirect-301",
    title: "301 to another host",
    serve: (other) => {
      const elsewhere = response(301, "", { location: `http://localhost:${other.port}/` });
      return (socket) => void socket.write(elsewhere);
    },
    ours: { outcome: "UnexpectedResponseError 301", says: /redirects to http:\/\/localhost:\d+, /, requests: 1 },
  },
  {
    id: "redirect-307",
    title: "307 to another host",
    serve: (other) => {
      const elsewhere = response(307, "", { location: `http://localhost:${other.port}/` });
      return (socket) => void socket.write(elsewhere);
    },
    ours: { outcome: "UnexpectedResponseError 307", says: /redirects to http:\/\/localhost:\d+, /, requests: 1 },
  },
  {
    id: "redirect-fetch",
    title: "the same over `fetch`",
    serve: (other) => {
      const elsewhere = response(307, "", { location: `http://localhost:${other.port}/` });
      return (socket) => void socket.write(elsewhere);
    },
    setup: () => ({ fetch: true }),
    without: { v2: "its transport for Node is compared", v3: "its transport for Node is compared" },
    ours: { outcome: "UnexpectedResponseError 307", says: /redirects to http:\/\/localhost:\d+, /, requests: 1 },
  },
];
