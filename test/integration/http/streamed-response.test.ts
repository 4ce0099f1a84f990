import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Agent } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import { createDefaultTransport } from "#runtime/transport/default.js";
import { boundCall } from "#runtime/signals/deadline.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import {
  type RawServer,
  startRawServer,
  startStreamingServer,
  type StreamingHandler,
  type StreamingServer,
} from "./support/servers.js";
import {
  bytes,
  http1Names,
  openTransport,
  readAll,
  Source,
  streamOf,
  transportNames,
  upload,
  versionOf,
} from "./support/streaming.js";
import { failure, limits, pause, post, text } from "./support/transport.js";

const mebibyte = 2 ** 20;
const streamed = { ...limits, streamed: {} };

/** A socket after the head of a response and the beginning of its body. */
const begins =
  (head: string, body: string | Buffer = "abc") =>
  (socket: Socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);
    socket.write(body);
  };

/** No connection is left over which a request came. In the place of one that is given up, Node's `fetch` opens a spare one. */
const isGivenUp = async (server: RawServer): Promise<void> => {
  await expect.poll(() => server.serving).toEqual([]);
};

/** Writes so many bytes as fast as they are taken, and gives how many were. */
function pour(response: ServerResponse, total: number): { readonly written: number } {
  const progress = { written: 0 };
  const chunk = Buffer.alloc(65_536, "x");
  const more = (): void => {
    while (progress.written < total) {
      progress.written += chunk.byteLength;
      if (!response.write(chunk)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
  return progress;
}

describe.each(transportNames)("a streamed response over %s", (name) => {
  const startServer = (handler: StreamingHandler): Promise<StreamingServer> =>
    startStreamingServer(handler, versionOf(name));

  describe("that goes well", () => {
    it("is returned at its headers, and read as it comes", async () => {
      let respond: ServerResponse | undefined;
      const server = await startServer((_message, response) => {
        respond = response;
        response.writeHead(200, { "x-two": ["a", "b"] }).flushHeaders();
      });
      const response = await openTransport(name).send(post(server), streamed);
      expect(response).toMatchObject({ status: 200, headers: { "x-two": "a, b" }, body: new Uint8Array() });
      const read: string[] = [];
      respond?.write("one");
      for await (const chunk of streamOf(response)) {
        read.push(text(chunk));
        if (read.length === 1) respond?.write("two");
        else if (read.length === 2) respond?.end("three");
      }
      expect(read).toEqual(["one", "two", "three"]);
    });

    it("keeps its connection, for a next request that is sent at once", async () => {
      const server = await startServer((_message, response) => response.end("x".repeat(100_000)));
      const transport = openTransport(name);
      for (let count = 0; count < 5; count++) {
        expect(await readAll(streamOf(await transport.send(post(server), streamed)))).toHaveLength(100_000);
        // The connections of `fetch` are the platform's, which takes a moment to have them free.
        if (name === "fetch") await pause(20);
      }
      expect([server.requests.length, server.connections]).toEqual([5, 1]);
    });

    it("has every byte of 32 MiB, in order", async () => {
      const sent = Buffer.alloc(32 * mebibyte, "0123456789abcde");
      const server = await startServer((_message, response) => response.end(sent));
      const chunks: Uint8Array[] = [];
      for await (const chunk of streamOf(await openTransport(name).send(post(server), streamed))) chunks.push(chunk);
      expect(sent.equals(Buffer.concat(chunks))).toBe(true);
    });

    it("may be larger than maxResponseSize, for it is kept nowhere: 200 MiB", async () => {
      const total = 200 * mebibyte;
      const server = await startServer((_message, response) => pour(response, total));
      const response = await openTransport(name, { maxResponseSize: mebibyte }).send(post(server), streamed);
      const before = process.memoryUsage.rss();
      let received = 0;
      let highest = 0;
      for await (const chunk of streamOf(response)) {
        received += chunk.byteLength;
        highest = Math.max(highest, process.memoryUsage.rss());
      }
      expect(received).toBe(total);
      expect(highest - before).toBeLessThan(100 * mebibyte);
    });

    it("holds the server back while it is not read", async () => {
      let progress: { readonly written: number } | undefined;
      const server = await startServer((_message, response) => {
        progress = pour(response, 64 * mebibyte);
      });
      const stream = streamOf(await openTransport(name).send(post(server), streamed));
      await pause(300);
      const written = progress?.written;
      // What the buffers of both sockets hold, and no more.
      expect(written).toBeLessThan(32 * mebibyte);
      await pause(100);
      expect(progress?.written).toBe(written);
      expect((await readAll(stream)).length).toBe(64 * mebibyte);
    });

    it("waits for a slow reader longer than bodyTimeout", async () => {
      const server = await startServer((_message, response) => pour(response, 8 * mebibyte));
      const stream = streamOf(await openTransport(name).send(post(server), { ...streamed, bodyTimeout: 60 }));
      await pause(150);
      let received = 0;
      let pauses = 0;
      for await (const chunk of stream) {
        received += chunk.byteLength;
        if (pauses < 3) {
          pauses++;
          await pause(150);
        }
      }
      expect(received).toBe(8 * mebibyte);
    });

    it("may be empty", async () => {
      const server = await startServer(({ method }, response) => {
        if (method === "HEAD") response.writeHead(200, { "content-length": "100" }).end();
        else response.writeHead(method === "DELETE" ? 204 : 200).end();
      });
      const transport = openTransport(name);
      const { body: _body, ...bodiless } = post(server);
      for (const method of ["HEAD", "DELETE", "GET"]) {
        expect(await readAll(streamOf(await transport.send({ ...bodiless, method }, streamed)))).toBe("");
      }
    });

    it("may be that of an error", async () => {
      const server = await startServer((_message, response) => response.writeHead(404).end("no such key"));
      const response = await openTransport(name).send(post(server), streamed);
      expect(response.status).toBe(404);
      expect(await readAll(streamOf(response))).toBe("no such key");
    });

    it("may come while the request is still sent", async () => {
      const server = await startServer((message, response) => message.pipe(response));
      const source = new Source(async (count) => {
        await pause(30);
        return count === 6 ? undefined : bytes(String(count));
      });
      const options = { ...streamed, bodyTimeout: 100, headersTimeout: 100 };
      const response = await openTransport(name).send(upload(server, source), options);
      expect(await readAll(streamOf(response))).toBe("012345");
    });
  });

  describe("that was read to its end", () => {
    it("cannot be cancelled: the connection is kept", async () => {
      const server = await startServer((_message, response) => response.end("abc"));
      const transport = openTransport(name);
      const stream = streamOf(await transport.send(post(server), streamed));
      expect(await readAll(stream)).toBe("abc");
      stream.cancel();
      await pause(20);
      expect(await readAll(streamOf(await transport.send(post(server), streamed)))).toBe("abc");
      expect(server.connections).toBe(1);
    });

    it("is read once only", async () => {
      const server = await startServer((_message, response) => response.end("abc"));
      const stream = streamOf(await openTransport(name).send(post(server), streamed));
      expect(await readAll(stream)).toBe("abc");
      const error = await failure(readAll(stream));
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toBe("The body of this response is in use or consumed: it can be read once.");
    });
  });
});

describe.each(http1Names)("a streamed response over %s", (name) => {
  it("returns chunks in turn to readers that do not wait for each other", async () => {
    const server = await startRawServer(begins("content-length: 6"));
    const iterator = streamOf(await openTransport(name).send(post(server), streamed))[Symbol.asyncIterator]();
    const reads = [iterator.next(), iterator.next(), iterator.next()];
    expect(text((await reads[0])?.value)).toBe("abc");
    for (const socket of server.open) socket.write("def");
    expect(text((await reads[1])?.value)).toBe("def");
    expect(await reads[2]).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  describe("that goes wrong", () => {
    const got3 = (origin: string): string =>
      `POST ${origin} got part of a response only (status 200, 3 bytes of its body): `;

    it("stalls while a reader waits: bodyTimeout", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const response = await openTransport(name).send(post(server), { ...streamed, bodyTimeout: 80 });
      await pause(150);
      const error = await failure(readAll(streamOf(response)));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({
        message:
          `POST ${server.origin} timed out after 80 ms (option bodyTimeout): ` +
          "the response (status 200) stalled after 3 bytes of its body.",
        phase: "body",
        limit: 80,
      });
      expect(server.requests).toHaveLength(1);
      await isGivenUp(server);
    });

    const breakOffs: readonly (readonly [string, string, (socket: Socket) => void])[] = [
      ["truncated", "content-length: 9", (socket) => void socket.end()],
      ["truncated, of a last one", "content-length: 9\r\nconnection: close", (socket) => void socket.end()],
      ["reset", "content-length: 9", (socket) => void socket.resetAndDestroy()],
      ["reset, of a last one", "content-length: 9\r\nconnection: close", (socket) => void socket.resetAndDestroy()],
      ["truncated within its chunks", "transfer-encoding: chunked\r\nx: y", (socket) => void socket.end()],
    ];

    it.each(breakOffs)("is %s, while a reader waits", async (_what, head, breakOff) => {
      const body = head.includes("chunked") ? "3\r\nabc\r\n" : "abc";
      const server = await startRawServer(begins(head, body));
      const response = await openTransport(name).send(post(server), streamed);
      const reading = failure(readAll(streamOf(response)));
      await pause(30);
      for (const socket of server.open) breakOff(socket);
      const error = await reading;
      expect(error).toBeInstanceOf(ConnectionError);
      expect((error as Error).message.startsWith(got3(server.origin))).toBe(true);
      expect(error).toMatchObject({ sent: true, stale: false });
      await isGivenUp(server);
    });

    it.each(breakOffs)("is %s, while it is not read and much is kept", async (_what, head, breakOff) => {
      const long = head.replace("9", "999999");
      const body = Buffer.alloc(100_000, "x");
      const sent = head.includes("chunked")
        ? Buffer.concat([Buffer.from("186a0\r\n"), body, Buffer.from("\r\n")])
        : body;
      const server = await startRawServer(begins(long, sent));
      const stream = streamOf(await openTransport(name).send(post(server), streamed));
      await pause(100);
      for (const socket of server.open) breakOff(socket);
      await pause(50);
      let received = 0;
      const error = await failure(
        (async () => {
          for await (const chunk of stream) received += chunk.byteLength;
        })(),
      );
      expect(error).toBeInstanceOf(ConnectionError);
      expect((error as Error).message).toContain(" got part of a response only (status 200, ");
      expect(received).toBeLessThanOrEqual(100_000);
    });

    it("ends by the connection's end alone, while it is not read: the whole body is there", async () => {
      const body = Buffer.alloc(65_536, "x");
      const heads = ["connection: close", `connection: close\r\ncontent-length: ${body.length}`];
      for (const head of heads) {
        const server = await startRawServer((socket) => {
          begins(head, body)(socket);
          socket.end();
        });
        const stream = streamOf(await openTransport(name).send(post(server), streamed));
        await pause(100);
        expect(await readAll(stream)).toHaveLength(body.length);
      }
    });
  });

  describe("that is ended from here", () => {
    const reason = new Error("the user pressed stop");

    it("by its own signal while a reader waits", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const controller = new AbortController();
      const options = { ...limits, streamed: { signal: controller.signal } };
      const stream = streamOf(await openTransport(name).send(post(server), options));
      const reading = failure(readAll(stream));
      await pause(30);
      const start = performance.now();
      controller.abort(reason);
      const error = await reading;
      expect(performance.now() - start).toBeLessThan(50);
      expect(error).toBeInstanceOf(AbortedError);
      expect(error).toMatchObject({
        message: "The call was aborted while reading the response: the user pressed stop",
        cause: reason,
      });
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
      await isGivenUp(server);
    });

    it("by its own signal while it is not read: what was kept is not given any more", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const controller = new AbortController();
      const options = { ...limits, streamed: { signal: controller.signal } };
      const stream = streamOf(await openTransport(name).send(post(server), options));
      await pause(30);
      controller.abort(reason);
      expect(await failure(readAll(stream))).toMatchObject({ code: "Aborted", cause: reason });
      await isGivenUp(server);
    });

    it("by its own signal, aborted before the headers came", async () => {
      const server = await startRawServer((socket) => setTimeout(() => begins("content-length: 9")(socket), 60));
      const controller = new AbortController();
      const options = { ...limits, streamed: { signal: controller.signal } };
      const sent = failure(openTransport(name).send(post(server), options));
      await expect.poll(() => server.requests.length).toBe(1);
      controller.abort(reason);
      expect(await sent).toMatchObject({ code: "Aborted", cause: reason });
    });

    it("not by the signal of the request, which counts until the headers; no listener is left of either", async () => {
      const server = await startRawServer((socket) => {
        begins("content-length: 6")(socket);
        setTimeout(() => socket.write("def"), 60);
      });
      const call = new AbortController();
      const body = new AbortController();
      const options = { ...limits, signal: call.signal, streamed: { signal: body.signal } };
      const stream = streamOf(await openTransport(name).send(post(server), options));
      expect(getEventListeners(call.signal, "abort")).toHaveLength(0);
      call.abort(reason);
      expect(await readAll(stream)).toBe("abcdef");
      expect(getEventListeners(body.signal, "abort")).toHaveLength(0);
      body.abort(reason);
    });

    it("by a deadline, whose error it then is", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const bounds = boundCall(undefined, 80);
      const options = { ...limits, streamed: { signal: bounds.signal } };
      const error = await failure(readAll(streamOf(await openTransport(name).send(post(server), options))));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({ phase: "deadline", limit: 80 });
    });

    it("by cancel, before anybody reads and as often as one likes", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const stream = streamOf(await openTransport(name).send(post(server), streamed));
      stream.cancel();
      stream.cancel();
      await isGivenUp(server);
      expect(await failure(readAll(stream))).toMatchObject({
        code: "Aborted",
        message: "The body of this response was cancelled.",
      });
    });

    it("by cancel, while a reader waits", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const stream = streamOf(await openTransport(name).send(post(server), streamed));
      const reading = failure(readAll(stream));
      await pause(30);
      stream.cancel();
      expect(await reading).toBeInstanceOf(AbortedError);
      await isGivenUp(server);
    });

    it("by a reader that leaves", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const stream = streamOf(await openTransport(name).send(post(server), streamed));
      for await (const chunk of stream) {
        expect(text(chunk)).toBe("abc");
        break;
      }
      await isGivenUp(server);
    });

    it("by a reader that leaves while another waits", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const iterator = streamOf(await openTransport(name).send(post(server), streamed))[Symbol.asyncIterator]();
      await iterator.next();
      const waiting = iterator.next();
      expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
      expect(await waiting).toEqual({ done: true, value: undefined });
      await isGivenUp(server);
    });
  });

  describe("when its transport is closed", () => {
    it("is closed if it is not read", async () => {
      const server = await startRawServer(begins("content-length: 9"));
      const transport = openTransport(name);
      const stream = streamOf(await transport.send(post(server), streamed));
      await transport.close();
      await isGivenUp(server);
      const error = await failure(readAll(stream));
      expect(error).toBeInstanceOf(ConnectionError);
      expect((error as Error).message).toContain("the client is closed");
    });

    it("is read to its end where it is being read", async () => {
      const server = await startRawServer(begins("content-length: 6"));
      const transport = openTransport(name);
      const reading = readAll(streamOf(await transport.send(post(server), streamed)));
      await pause(30);
      let isClosed = false;
      const closed = transport.close().then(() => (isClosed = true));
      await pause(30);
      expect(isClosed).toBe(false);
      for (const socket of server.open) socket.write("def");
      expect(await reading).toBe("abcdef");
      await closed;
    });

    it("is waited for where it comes later and is read", async () => {
      const server = await startRawServer((socket) => setTimeout(() => begins("content-length: 3")(socket), 60));
      const transport = openTransport(name);
      const sent = transport.send(post(server), streamed);
      await expect.poll(() => server.requests.length).toBe(1);
      const closed = transport.close();
      expect(await readAll(streamOf(await sent))).toBe("abc");
      await closed;
    });

    it.each([
      ["its reader does not come back", true],
      ["it came later, and was not read", false],
    ])("is given up after bodyTimeout where %s", async (_what, isStarted) => {
      const server = await startRawServer((socket) =>
        setTimeout(() => begins("content-length: 9")(socket), isStarted ? 0 : 60),
      );
      const transport = openTransport(name);
      const sent = transport.send(post(server), { ...streamed, bodyTimeout: 120 });
      await expect.poll(() => server.requests.length).toBe(1);
      const iterator = isStarted ? streamOf(await sent)[Symbol.asyncIterator]() : undefined;
      await iterator?.next();
      const start = performance.now();
      await transport.close();
      expect(performance.now() - start).toBeGreaterThan(100);
      const rest = iterator ?? streamOf(await sent)[Symbol.asyncIterator]();
      const error = await failure(isStarted ? rest.next() : rest.next().then(() => rest.next()));
      expect((error as Error).message).toContain("the client is closed");
      await isGivenUp(server);
    });
  });
});

it("a response over a dispatcher of the caller's survives the end of its connection while it is not read", async () => {
  const body = Buffer.alloc(200_000, "x");
  const server = await startRawServer((socket) => {
    begins(`connection: close\r\ncontent-length: ${body.length}`, body)(socket);
    socket.end();
  });
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.close());
  const transport = createUndiciTransport({ dispatcher });
  const stream = streamOf(await transport.send(post(server), streamed));
  await pause(100);
  expect(await readAll(stream)).toHaveLength(body.length);
});

it("an unread body outlives the change of a client to undici", async () => {
  const server = await startStreamingServer((_message, response) => response.end("x".repeat(300_000)));
  const transport = createDefaultTransport({});
  onTestFinished(() => transport.close());
  const early = streamOf(await transport.send(post(server), streamed));
  await expect
    .poll(
      async () => {
        for (let count = 0; count < 50; count++) await transport.send(post(server), limits);
        return server.connections;
      },
      { timeout: 10_000 },
    )
    .toBe(3);
  expect(await readAll(early)).toHaveLength(300_000);
  await expect.poll(() => server.open.size).toBe(1);
});

it("an unread body does not keep a client from closing that has gone over to undici", async () => {
  const server = await startStreamingServer((message, response) => {
    if (message.url === "/endless") response.write("abc");
    else response.end();
  });
  const transport = createDefaultTransport({});
  const early = streamOf(await transport.send(post(server, { path: "/endless" }), streamed));
  for (let count = 0; count < 520; count++) await transport.send(post(server), limits);
  await transport.close();
  expect(await failure(readAll(early))).toBeInstanceOf(ConnectionError);
  await expect.poll(() => server.open.size).toBe(0);
});
