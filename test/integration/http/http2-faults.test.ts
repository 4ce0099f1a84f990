import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import { classify } from "#runtime/retry/classify.js";
import { createHttp2Transport, type Http2TransportOptions } from "#runtime/transport/http2/transport.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "#runtime/schema/http.js";
import { code, frame, type FrameServer, type Peer, startFrameServer, type } from "./support/frames.js";
import { bytes, readAll, Source, streamOf, upload } from "./support/streaming.js";
import { failure, limits, pause, post, text } from "./support/transport.js";

function openTransport(options?: Http2TransportOptions): Transport {
  const transport = createHttp2Transport(options);
  onTestFinished(() => transport.close());
  return transport;
}

const rejections: unknown[] = [];
const onRejection = (reason: unknown): number => rejections.push(reason);

beforeEach(() => {
  rejections.length = 0;
  process.on("unhandledRejection", onRejection);
});

afterEach(async () => {
  await pause(5);
  process.off("unhandledRejection", onRejection);
  if (rejections.length > 0) throw new AggregateError(rejections, "unhandled rejections");
});

/** A stream that returns one chunk, and then nothing until it is ended. */
const unfinished = (): Source => new Source((count) => (count === 0 ? bytes("abc") : new Promise(() => {})));

interface Way {
  readonly options: Partial<TransportOptions>;
  request(server: FrameServer): HttpRequest;
}

/** How a request is sent and its response is read. */
const ways: Readonly<Record<string, Way>> = {
  buffered: { options: {}, request: (server) => post(server) },
  streamed: { options: { streamed: {} }, request: (server) => post(server) },
  uploaded: { options: {}, request: (server) => upload(server, unfinished()) },
  duplex: { options: { streamed: {}, duplex: true }, request: (server) => upload(server, unfinished()) },
};

/** Sends in one of these ways, and reads the response to its end. */
async function exchange(transport: Transport, server: FrameServer, way: Way, options: object = {}): Promise<string> {
  const response = await transport.send(way.request(server), { ...limits, ...way.options, ...options });
  return response.stream ? readAll(response.stream) : text(response.body);
}

type Break = (peer: Peer, stream: number) => void;

const breaks: Readonly<Record<string, { readonly act: Break; readonly systemCode: string; readonly why: string }>> = {
  "reset with NO_ERROR": {
    act: (peer, stream) => peer.reset(stream, code.noError),
    systemCode: "NGHTTP2_NO_ERROR",
    why: "the peer reset the stream",
  },
  "reset with CANCEL": {
    act: (peer, stream) => peer.reset(stream, code.cancel),
    systemCode: "NGHTTP2_CANCEL",
    why: "the peer reset the stream",
  },
  "reset with INTERNAL_ERROR": {
    act: (peer, stream) => peer.reset(stream, code.internalError),
    systemCode: "NGHTTP2_INTERNAL_ERROR",
    why: "the peer reset the stream",
  },
  "closed connection": {
    act: ({ socket }) => socket.end(),
    systemCode: "ECONNRESET",
    why: "the peer closed the connection",
  },
  "reset connection": {
    act: ({ socket }) => socket.resetAndDestroy(),
    systemCode: "ECONNRESET",
    why: "the peer reset the connection",
  },
  "GOAWAY with an error": {
    act: (peer, stream) => peer.goAway(stream, code.enhanceYourCalm),
    systemCode: "NGHTTP2_ENHANCE_YOUR_CALM",
    why: "the peer is overloaded by this client",
  },
};

const cases = Object.keys(ways).flatMap((way) => Object.keys(breaks).map((how) => [way, how] as const));

describe("a server that breaks off an exchange over HTTP/2", () => {
  it.each(cases)("before the response (%s, %s)", async (name, how) => {
    const { act, systemCode, why } = breaks[how] ?? expect.fail();
    const way = ways[name] ?? expect.fail();
    const server = await startFrameServer((peer, stream) => setTimeout(() => act(peer, stream), 20));
    const error = await failure(exchange(openTransport(), server, way));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ systemCode, sent: true, stale: false, cause: expect.any(Error) });
    const what = name === "uploaded" ? "was not sent in full (3 bytes of its body)" : "got no response";
    expect((error as Error).message).toBe(`POST ${server.origin} ${what}: ${why} (${systemCode}).`);
    expect(server.requests).toBe(1);
  });

  it.each(cases)("within the response (%s, %s)", async (name, how) => {
    const { act, systemCode, why } = breaks[how] ?? expect.fail();
    const way = ways[name] ?? expect.fail();
    const server = await startFrameServer((peer, stream) => {
      peer.head(stream).data(stream, "abc");
      setTimeout(() => act(peer, stream), 20);
    });
    const error = await failure(exchange(openTransport(), server, way));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ systemCode, sent: true, stale: false });
    expect((error as Error).message).toBe(
      `POST ${server.origin} got part of a response only (status 200, 3 bytes of its body): ${why} (${systemCode}).`,
    );
  });

  it.each(Object.keys(breaks))("within a response that is not read, while much is kept (%s)", async (how) => {
    const { act } = breaks[how] ?? expect.fail();
    const body = "x".repeat(16_000);
    const server = await startFrameServer((peer, stream) => {
      peer.head(stream);
      for (let count = 0; count < 4; count++) peer.data(stream, body);
      setTimeout(() => act(peer, stream), 20);
    });
    const stream = streamOf(await openTransport().send(post(server), { ...limits, streamed: {} }));
    await pause(60);
    let received = 0;
    const error = await failure(
      (async () => {
        for await (const chunk of stream) received += chunk.byteLength;
      })(),
    );
    expect(error).toBeInstanceOf(ConnectionError);
    expect(received).toBeLessThanOrEqual(64_000);
  });

  it("and the next exchange works, over the same connection after a reset of a stream", async () => {
    const server = await startFrameServer((peer, stream, count) => {
      if (count === 1) peer.reset(stream, code.internalError);
      else if (count === 2) peer.socket.resetAndDestroy();
      else peer.head(stream).data(stream, "ok", true);
    });
    const transport = openTransport();
    for (let count = 0; count < 2; count++) await failure(transport.send(post(server), limits));
    expect(text((await transport.send(post(server), limits)).body)).toBe("ok");
    expect(server.peers).toHaveLength(2);
  });

  it("a response is complete although the server resets the stream for the rest of the request", async () => {
    const server = await startFrameServer((peer, stream) => {
      peer.head(stream).data(stream, "enough", true).reset(stream, code.noError);
    });
    for (const name of ["uploaded", "duplex"]) {
      expect(await exchange(openTransport(), server, ways[name] ?? expect.fail())).toBe("enough");
    }
  });

  it("a body that is not as long as its content-length", async () => {
    const server = await startFrameServer((peer, stream) => {
      peer.head(stream, { "content-length": "10" }).data(stream, "abc", true);
    });
    const error = await failure(openTransport().send(post(server), limits));
    expect(error).toMatchObject({ code: "Connection", systemCode: "NGHTTP2_PROTOCOL_ERROR" });
    expect((error as Error).message).toContain("got part of a response only (status 200, ");
  });
});

describe("a request that the server rejected before it processed it", () => {
  it.each<readonly [string, Break, boolean]>([
    ["RST_STREAM with REFUSED_STREAM", (peer, stream) => peer.reset(stream, code.refusedStream), false],
    ["GOAWAY before it", (peer, stream) => peer.goAway(stream - 2, code.noError), true],
    ["GOAWAY with an error before it", (peer, stream) => peer.goAway(stream - 2, code.enhanceYourCalm), true],
  ])("%s: the failure reports that it was not processed, and is worth another attempt", async (_how, act, isStale) => {
    const server = await startFrameServer((peer, stream, count) => {
      if (count === 2) act(peer, stream);
      else peer.head(stream).data(stream, "ok", true);
    });
    const transport = openTransport();
    await transport.send(post(server), limits);
    const error = await failure(transport.send(post(server), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message:
        `POST ${server.origin} got no response: ` +
        "the peer rejected it before it processed any of it (NGHTTP2_REFUSED_STREAM).",
      systemCode: "NGHTTP2_REFUSED_STREAM",
      sent: false,
      stale: isStale,
    });
    expect(classify(error).retryable).toBe(true);
    expect(text((await transport.send(post(server), limits)).body)).toBe("ok");
  });

  it("HTTP_1_1_REQUIRED: no other attempt would succeed", async () => {
    const server = await startFrameServer((peer, stream) => peer.reset(stream, code.http11Required));
    const error = await failure(openTransport().send(post(server), limits));
    expect(error).toMatchObject({ systemCode: "NGHTTP2_HTTP_1_1_REQUIRED" });
    expect(classify(error).retryable).toBe(false);
  });
});

describe("a pooled connection that the peer closes", () => {
  it.each(["closed connection", "reset connection"])("%s: the failure reports that", async (how) => {
    const { act } = breaks[how] ?? expect.fail();
    for (const good of [0, 1]) {
      const server = await startFrameServer((peer, stream, count) => {
        if (count <= good) peer.head(stream, {}, true);
        else act(peer, stream);
      });
      const transport = openTransport();
      for (let count = 0; count < good; count++) await transport.send(post(server), limits);
      expect(await failure(transport.send(post(server), limits))).toMatchObject({ sent: true, stale: good === 1 });
    }
  });
});

describe("a server that stalls", () => {
  const within = 80;

  it.each([
    ["buffered", "headers", "the request was sent, but no response started"],
    ["streamed", "headers", "the request was sent, but no response started"],
    ["uploaded", "body", "its body's stream stalled after 3 bytes"],
    ["duplex", "headers", "no response started"],
  ])("before the response (%s): one limit passes", async (name, phase, why) => {
    const server = await startFrameServer(() => {});
    const options = { headersTimeout: within, bodyTimeout: within };
    const error = await failure(exchange(openTransport(), server, ways[name] ?? expect.fail(), options));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase, limit: within });
    expect((error as Error).message).toBe(
      `POST ${server.origin} timed out after ${within} ms (option ${phase}Timeout): ${why}.`,
    );
    await isReset(server, !/uploaded|duplex/.test(name));
  });

  it.each(Object.keys(ways))("within the response (%s): bodyTimeout", async (name) => {
    const server = await startFrameServer((peer, stream) => void peer.head(stream).data(stream, "abc"));
    const way = ways[name] ?? expect.fail();
    const error = await failure(exchange(openTransport(), server, way, { bodyTimeout: within }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "body", limit: within });
    expect((error as Error).message).toContain("the response (status 200) stalled after 3 bytes of its body.");
    await isReset(server, !/uploaded|duplex/.test(name));
  });

  it("and takes no more of the request: bodyTimeout", async () => {
    const server = await startFrameServer(() => {});
    const endless = new Source(() => new Uint8Array(65_536));
    const error = await failure(openTransport().send(upload(server, endless), { ...limits, bodyTimeout: within }));
    expect(error).toBeInstanceOf(TimeoutError);
    // The window of a stream that the server does not widen has 65 535 bytes.
    expect((error as Error).message).toContain("the peer accepted no more of its body after 65536 bytes.");
    expect(endless.ended).toBe(1);
    await isReset(server);
  });

  it("and takes no more of a duplex request, whose response continues: sendTimeout", async () => {
    const server = await startFrameServer((peer, stream) => {
      peer.head(stream);
      const timer = setInterval(() => peer.data(stream, "abc"), 20);
      peer.socket.on("close", () => clearInterval(timer));
    });
    const endless = new Source(() => new Uint8Array(65_536));
    const options = { ...limits, bodyTimeout: 0, streamed: {}, duplex: true as const, sendTimeout: within };
    const { stream } = await openTransport().send(upload(server, endless), options);
    const error = await failure(readAll(stream ?? expect.fail()));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "body", limit: within });
    expect((error as Error).message).toContain("the peer accepted no more of its body after 65536 bytes.");
    expect(endless.ended).toBe(1);
    await isReset(server);
  });

  it("without a response while a duplex request does not end: headersTimeout", async () => {
    const server = await startFrameServer(() => {});
    const source = new Source(async () => {
      await pause(10);
      return bytes("abc");
    });
    const options = { ...limits, headersTimeout: within, bodyTimeout: 1_000, streamed: {}, duplex: true as const };
    const error = await failure(openTransport().send(upload(server, source), options));
    expect(error).toMatchObject({ code: "Timeout", phase: "headers", limit: within });
    expect(source).toMatchObject({ started: 1, ended: 1 });
  });

  it("and is gone: found by a ping that it does not acknowledge", async () => {
    const server = await startFrameServer((peer, stream) => {
      peer.respondsToPings = false;
      peer.head(stream).data(stream, "abc");
    });
    const source = new Source(async () => {
      await pause(10);
      return bytes("x");
    });
    const options = { ...limits, streamed: {}, duplex: true as const };
    const { stream } = await openTransport({ pingInterval: 60 }).send(upload(server, source), options);
    const error = await failure(readAll(stream ?? expect.fail()));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ systemCode: "CLIENTSMITH_NO_PING" });
    expect((error as Error).message).toContain("the peer did not respond to a ping");
    expect(source.ended).toBe(1);
    await expect.poll(() => server.open.size).toBe(0);
  });

  it("and has sent an invalid frame, of which Node 20 reports nothing: found by a ping", async () => {
    const invalid = frame(type.windowUpdate, 0, 0, Buffer.from([0, 0, 0]));
    const server = await startFrameServer((peer) => void peer.write(invalid));
    const transport = openTransport({ pingInterval: 60 });
    const error = await failure(transport.send(post(server), limits));
    expect(error).toMatchObject({ systemCode: expect.stringMatching(/^(CLIENTSMITH_NO_PING|ERR_HTTP2_ERROR)$/) });
  });

  it("and acknowledges pings: the exchange continues", async () => {
    const server = await startFrameServer((peer, stream) => {
      peer.head(stream).data(stream, "abc");
      setTimeout(() => peer.data(stream, "def", true), 300);
    });
    const transport = openTransport({ pingInterval: 40 });
    expect(await exchange(transport, server, ways["streamed"] ?? expect.fail())).toBe("abcdef");
    // The last one may still be in flight.
    await pause(30);
    const pings = server.peers[0]?.of(0, type.ping).length ?? 0;
    expect(pings).toBeGreaterThan(1);
    await pause(120);
    // A connection without streams is not pinged.
    expect(server.peers[0]?.of(0, type.ping)).toHaveLength(pings);
  });
});

/** The client has reset the stream, so that the server does not take a part for the whole; the connection is kept. */
async function isReset({ peers, open }: FrameServer, isWhole = false): Promise<void> {
  await expect.poll(() => peers[0]?.of(1, type.reset)[0]?.payload.readUInt32BE()).toBe(code.cancel);
  const { length = 0 } = peers[0]?.of(1, type.data).filter(({ flags }) => (flags & 1) === 1) ?? [];
  expect(length).toBe(isWhole ? 1 : 0);
  expect(open.size).toBe(1);
}

describe("the caller ends an exchange over HTTP/2", () => {
  const reason = new Error("the user pressed stop");

  it.each(["uploaded", "duplex"].flatMap((name) => [[name, false] as const, [name, true] as const]))(
    "by the signal (%s, within the response: %s): the stream is reset, no listener is left",
    async (name, hasStarted) => {
      const server = await startFrameServer((peer, stream) => {
        if (hasStarted) peer.head(stream).data(stream, "abc");
      });
      const way = ways[name] ?? expect.fail();
      const controller = new AbortController();
      const { signal } = controller;
      const options = { signal, ...(way.options.streamed && { streamed: { signal } }) };
      const settled = failure(exchange(openTransport(), server, way, options));
      await expect.poll(() => server.requests).toBe(1);
      await pause(20);
      controller.abort(reason);
      const error = await settled;
      expect(error).toBeInstanceOf(AbortedError);
      expect(error).toMatchObject({ cause: reason });
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
      await isReset(server);
    },
  );

  it.each(["cancel", "leave"])("by the reader: %s", async (how) => {
    const server = await startFrameServer((peer, stream) => void peer.head(stream).data(stream, "abc"));
    const source = unfinished();
    const options = { ...limits, streamed: {}, duplex: true as const };
    const stream = streamOf(await openTransport().send(upload(server, source), options));
    for await (const chunk of stream) {
      expect(text(chunk)).toBe("abc");
      if (how === "leave") break;
      stream.cancel();
      break;
    }
    expect(source.ended).toBe(1);
    await isReset(server);
  });

  it("by a stream that fails at once: nothing looks like a whole request", async () => {
    const server = await startFrameServer(() => {});
    const source = new Source((count) => {
      if (count === 1) throw new Error("the microphone is gone");
      return bytes("abc");
    });
    const options = { ...limits, streamed: {}, duplex: true as const };
    const error = await failure(openTransport().send(upload(server, source), options));
    expect(error).toMatchObject({ systemCode: "CLIENTSMITH_REQUEST_STREAM" });
    await pause(50);
    const sent = server.peers[0]?.frames.filter(({ stream }) => stream === 1) ?? [];
    expect(sent.some(({ type: kind, flags }) => kind === type.data && (flags & 1) === 1)).toBe(false);
    expect([[], [type.reset]]).toContainEqual(sent.slice(-1).map((each) => each.type));
  });

  it("by a stream that fails: the error surfaces once, where the response is read", async () => {
    const server = await startFrameServer((peer, stream) => void peer.head(stream).data(stream, "abc"));
    const broken = new Error("the microphone is gone");
    const source = new Source(async (count) => {
      await pause(30);
      if (count === 1) throw broken;
      return bytes("abc");
    });
    const options = { ...limits, streamed: {}, duplex: true as const };
    const stream = streamOf(await openTransport().send(upload(server, source), options));
    const error = await failure(readAll(stream));
    expect(error).toMatchObject({
      message:
        `POST ${server.origin} was not sent in full (3 bytes of its body): ` +
        "its stream failed: the microphone is gone.",
      systemCode: "CLIENTSMITH_REQUEST_STREAM",
      cause: broken,
    });
    await isReset(server);
  });

  it("by closing the transport: an unread body is aborted", async () => {
    const server = await startFrameServer((peer, stream) => void peer.head(stream).data(stream, "abc"));
    const transport = openTransport();
    const source = unfinished();
    const options = { ...limits, streamed: {}, duplex: true as const };
    const response: HttpResponse = await transport.send(upload(server, source), options);
    await transport.close();
    expect(await failure(readAll(streamOf(response)))).toMatchObject({ systemCode: "UND_ERR_CLOSED" });
    expect(source.ended).toBe(1);
    await expect.poll(() => server.open.size).toBe(0);
  });
});
