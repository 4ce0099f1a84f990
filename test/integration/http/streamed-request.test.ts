import { createHash } from "node:crypto";
import { getEventListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import {
  closedPort,
  isOver,
  startRawServer,
  startStreamingServer,
  type StreamingHandler,
  type StreamingServer,
  wasReset,
} from "./support/servers.js";
import {
  bytes,
  http1Names,
  openTransport,
  Source,
  sourceOf,
  transportNames,
  upload,
  versionOf,
} from "./support/streaming.js";
import { failure, limits, pause, post, text } from "./support/transport.js";

const read = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const mebibyte = 2 ** 20;

describe.each(transportNames)("a streamed request over %s", (name) => {
  const startServer = (handler: StreamingHandler): Promise<StreamingServer> =>
    startStreamingServer(handler, versionOf(name));

  /** No connection is left over which a request came. In the place of one that is given up, Node's `fetch` opens a spare one. */
  const isGivenUp = async ({ messages, open }: StreamingServer): Promise<void> => {
    await expect.poll(() => messages.every((message) => isOver(message.resume()))).toBe(true);
    if (name !== "fetch" && name !== "http2") await expect.poll(() => open.size).toBe(0);
  };

  describe("that goes well", () => {
    it("is sent in chunks, each as it comes", async () => {
      const received: string[] = [];
      const server = await startServer((message, response) => {
        message.on("data", (chunk: Buffer) => received.push(chunk.toString()));
        message.on("end", () => response.end("done"));
      });
      const source = new Source(async (count) => {
        await expect.poll(() => received.length).toBe(count);
        return count === 3 ? undefined : bytes(`part ${count}`);
      });
      const response = await openTransport(name).send(upload(server, source), limits);
      expect(text(response.body)).toBe("done");
      expect(received).toEqual(["part 0", "part 1", "part 2"]);
      expect(server.requests[0]?.headers["transfer-encoding"]).toBe(name === "http2" ? undefined : "chunked");
      expect(server.requests[0]?.headers["content-length"]).toBeUndefined();
      expect(source).toMatchObject({ started: 1, asked: 4, ended: 0 });
    });

    it("has the length that is announced, empty chunks and all, and the connection is kept", async () => {
      const bodies: string[] = [];
      const server = await startServer(async (message, response) => {
        bodies.push((await read(message)).toString());
        response.end();
      });
      const transport = openTransport(name);
      const sent = [
        upload(server, sourceOf("ab", "", "cde"), 5),
        upload(server, sourceOf(), 0),
        upload(server, sourceOf("", "f")),
        upload(server, sourceOf()),
      ];
      for (const request of sent) {
        await transport.send(request, limits);
        // The connections of `fetch` are the platform's, which takes a moment to have them free.
        if (name === "fetch") await pause(20);
      }
      expect(bodies).toEqual(["abcde", "", "f", ""]);
      expect(server.requests[0]?.headers).toMatchObject({ "content-length": "5" });
      expect(server.requests[0]?.headers["transfer-encoding"]).toBeUndefined();
      expect(server.connections).toBe(1);
    });

    it("reports where it ends, whatever the method", async () => {
      const bodies: string[] = [];
      const server = await startServer(async (message, response) => {
        bodies.push((await read(message)).toString());
        response.end();
      });
      const transport = openTransport(name);
      await transport.send({ ...upload(server, sourceOf("ab", "c")), method: "DELETE" }, limits);
      await transport.send({ ...upload(server, sourceOf("ab", "c")), method: "PUT" }, limits);
      expect(bodies).toEqual(["abc", "abc"]);
    });

    it("has every byte of a chunk that is larger than what is sent at once", async () => {
      const large = Buffer.alloc(5 * mebibyte + 7, "0123456789abcde");
      const server = await startServer(async (message, response) => {
        response.end(
          createHash("sha256")
            .update(await read(message))
            .digest("hex"),
        );
      });
      const source = new Source((count) => (count === 0 ? large : undefined));
      const { body } = await openTransport(name).send(upload(server, source), limits);
      expect(text(body)).toBe(createHash("sha256").update(large).digest("hex"));
    });

    it("is read no faster than the server reads: 64 MiB", async () => {
      let received = 0;
      let proceed: () => void = () => {};
      const server = await startServer((message, response) => {
        message.pause();
        proceed = () => message.on("data", (chunk: Buffer) => (received += chunk.byteLength)).resume();
        message.on("end", () => response.end());
      });
      const chunk = new Uint8Array(mebibyte / 4);
      const source = new Source((count) => (count === 256 ? undefined : chunk));
      const sent = openTransport(name).send(upload(server, source), limits);
      await expect.poll(() => server.requests.length).toBe(1);
      await pause(400);
      // What the buffers of both sockets hold, and no more.
      const { asked } = source;
      expect(asked).toBeLessThan(128);
      await pause(100);
      expect(source.asked).toBe(asked);
      proceed();
      await sent;
      expect(received).toBe(64 * mebibyte);
    });

    it("may take longer than headersTimeout and bodyTimeout as long as it continues", async () => {
      const server = await startServer(async (message, response) => {
        response.end((await read(message)).toString());
      });
      const source = new Source(async (count) => {
        await pause(40);
        return count === 10 ? undefined : bytes("x");
      });
      const options = { ...limits, headersTimeout: 150, bodyTimeout: 150 };
      const { body } = await openTransport(name).send(upload(server, source), options);
      expect(text(body)).toBe("xxxxxxxxxx");
    });
  });

  describe("whose source is at fault", () => {
    const broken = new Error("the disk is gone");

    it.each([0, 2])("it fails after %i chunks", async (good) => {
      const server = await startServer((message) => message.resume());
      const source = new Source((count) => {
        if (count === good) throw Object.assign(broken, { code: "EIO" });
        return bytes("abc");
      });
      const error = await failure(openTransport(name).send(upload(server, source), limits));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({
        message:
          `POST ${server.origin} was not sent in full (${good * 3} bytes of its body): ` +
          "its stream failed: the disk is gone.",
        cause: broken,
        systemCode: "CLIENTSMITH_REQUEST_STREAM",
      });
      expect(source.ended).toBe(0);
      await isGivenUp(server);
    });

    it.each([
      ["text", "a string"],
      [null, "null"],
      [7, "the number 7"],
      [new Uint16Array(1), "an object"],
    ])("it gives %s", async (value, what) => {
      const server = await startServer((message) => message.resume());
      const source = new Source((count) => (count === 1 ? value : bytes("abc")));
      const error = await failure(openTransport(name).send(upload(server, source), limits));
      expect(error).toBeInstanceOf(ConnectionError);
      expect((error as Error).message).toContain(`it returned ${what} instead of bytes (Uint8Array).`);
      expect((error as Error).cause).toBeInstanceOf(TypeError);
      expect(source.ended).toBe(1);
      await isGivenUp(server);
    });

    it.each([
      { announced: 7, gives: "only 6", ended: 0 },
      { announced: 5, gives: "at least 6", ended: 1 },
      { announced: 0, gives: "at least 3", ended: 1 },
    ])("it gives $gives bytes instead of $announced, and the connection serves no other request", async (fault) => {
      const { announced, gives, ended } = fault;
      let whole = 0;
      const server = await startServer((message, response) => {
        message.resume().on("end", () => {
          if (!wasReset(message)) whole++;
          response.end();
        });
      });
      const transport = openTransport(name);
      const source = sourceOf("abc", "def");
      const error = await failure(transport.send(upload(server, source, announced), limits));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ systemCode: "CLIENTSMITH_REQUEST_STREAM" });
      expect((error as Error).message).toContain(
        `its stream failed: it returned ${gives} bytes, but content-length announces ${announced}.`,
      );
      expect(source.ended).toBe(ended);
      await isGivenUp(server);
      expect(whole).toBe(0);
      await transport.send(upload(server, sourceOf("abc"), 3), limits);
      expect(whole).toBe(1);
    });

    it("it stalls for bodyTimeout", async () => {
      const server = await startServer((message) => message.resume());
      const source = new Source((count) => (count === 1 ? new Promise(() => {}) : bytes("abc")));
      const error = await failure(openTransport(name).send(upload(server, source), { ...limits, bodyTimeout: 100 }));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({
        message:
          `POST ${server.origin} timed out after 100 ms (option bodyTimeout): ` +
          "its body's stream stalled after 3 bytes.",
        phase: "body",
        limit: 100,
      });
      expect(source.ended).toBe(1);
      await isGivenUp(server);
    });
  });

  describe("that is cut off", () => {
    const endless = (): Source => new Source(() => new Uint8Array(mebibyte));

    it("by a server that takes no more: bodyTimeout", async () => {
      const server = await startServer((message) => message.pause());
      const source = endless();
      const error = await failure(openTransport(name).send(upload(server, source), { ...limits, bodyTimeout: 150 }));
      expect(error).toBeInstanceOf(TimeoutError);
      expect((error as Error).message).toMatch(
        /timed out after 150 ms \(option bodyTimeout\): the peer accepted no more of its body after \d+ bytes\.$/,
      );
      expect(error).toMatchObject({ phase: "body", limit: 150 });
      expect(source.ended).toBe(1);
      expect(server.requests).toHaveLength(1);
      await isGivenUp(server);
    });

    it("by a server that never responds: headersTimeout, from the end of the body on", async () => {
      const server = await startServer((message) => message.resume());
      const source = new Source(async (count) => {
        await pause(60);
        return count === 3 ? undefined : bytes("abc");
      });
      const start = performance.now();
      const options = { ...limits, headersTimeout: 150 };
      const error = await failure(openTransport(name).send(upload(server, source), options));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({ phase: "headers", limit: 150 });
      expect(performance.now() - start).toBeGreaterThan(360);
    });

    it("by a reset", async () => {
      const server = await startServer((message) => {
        message.once("data", () => message.socket.resetAndDestroy());
      });
      const source = endless();
      const error = await failure(openTransport(name).send(upload(server, source), limits));
      expect(error).toBeInstanceOf(ConnectionError);
      expect((error as Error).message).toMatch(/ was not sent in full \(\d+ bytes of its body\): the peer .+\.$/);
      expect(error).toMatchObject({ sent: true, stale: false });
      expect(source).toMatchObject({ started: 1, ended: 1 });
      expect(server.requests).toHaveLength(1);
    });

    it.each([
      [
        "while the source is awaited",
        () => new Source((count) => (count === 1 ? new Promise(() => {}) : bytes("abc"))),
      ],
      ["while the server takes no more", endless],
    ])("by the caller, %s", async (_when, sourceFor) => {
      const server = await startServer((message) => message.pause());
      const controller = new AbortController();
      const reason = new Error("the user pressed stop");
      const source = sourceFor();
      const sent = failure(openTransport(name).send(upload(server, source), { ...limits, signal: controller.signal }));
      await expect.poll(() => server.requests.length).toBe(1);
      await pause(100);
      controller.abort(reason);
      const error = await sent;
      expect(error).toBeInstanceOf(AbortedError);
      expect(error).toMatchObject({
        message: "The call was aborted while sending the request: the user pressed stop",
        cause: reason,
      });
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
      expect(source.ended).toBe(1);
      await isGivenUp(server);
    });

    it("is not started where there is no connection", async () => {
      const port = await closedPort();
      const source = sourceOf("abc");
      const nowhere = { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` };
      const error = await failure(openTransport(name).send(upload(nowhere, source), limits));
      expect(error).toMatchObject({ sent: false, systemCode: "ECONNREFUSED" });
      expect(source).toMatchObject({ started: 0, ended: 0 });
    });

    it("is not started where it is aborted before", async () => {
      const server = await startServer((_message, response) => response.end());
      const source = sourceOf("abc");
      const signal = AbortSignal.abort();
      const error = await failure(openTransport(name).send(upload(server, source), { ...limits, signal }));
      expect(error).toBeInstanceOf(AbortedError);
      expect(source).toMatchObject({ started: 0, ended: 0 });
      expect(server.connections).toBe(0);
    });
  });

  describe("that gets a response before it is sent", () => {
    it("even while the server takes no more", async () => {
      const server = await startServer((message, response) => {
        message.pause();
        setTimeout(() => response.writeHead(413, { "content-length": "9" }).end("too large"), 200);
      });
      const source = new Source(() => new Uint8Array(mebibyte));
      const { status, body } = await openTransport(name).send(upload(server, source), limits);
      expect([status, text(body)]).toEqual([413, "too large"]);
      expect(source.ended).toBe(1);
      await isGivenUp(server);
    });

    it("with a success whose body comes while the rest is sent", async () => {
      const server = await startServer((message, response) => {
        response.writeHead(200).flushHeaders();
        message.on("data", (chunk: Buffer) => response.write(chunk.toString().toUpperCase()));
        message.on("end", () => response.end("."));
      });
      const source = new Source(async (count) => {
        await pause(40);
        return count === 5 ? undefined : bytes("abc");
      });
      const options = { ...limits, headersTimeout: 150, bodyTimeout: 150 };
      const { status, body } = await openTransport(name).send(upload(server, source), options);
      expect([status, text(body)]).toEqual([200, "ABCABCABCABCABC."]);
    });
  });
});

describe.each(http1Names)("a streamed request over %s that gets a response before it is sent", (name) => {
  it.each([
    ["and the connection is kept open", "", false],
    ["and the connection is closed", "connection: close\r\n", true],
  ])("%s: the response counts, the rest is not sent", async (_what, header, closes) => {
    const server = await startRawServer((socket, count) => {
      if (count > 1) return;
      socket.write(`HTTP/1.1 413 Payload Too Large\r\ncontent-length: 9\r\n${header}\r\ntoo `);
      setTimeout(() => {
        socket.write("large");
        if (closes) socket.end();
      }, 30);
    });
    const source = new Source(async (count) => {
      if (count > 0) await pause(5);
      return new Uint8Array(1_000);
    });
    const { status, body } = await openTransport(name).send(upload(server, source), limits);
    expect([status, text(body)]).toEqual([413, "too large"]);
    expect(source.ended).toBe(1);
    const { asked } = source;
    await pause(50);
    expect(source.asked).toBe(asked);
    await expect.poll(() => server.serving).toEqual([]);
  });
});

describe.each(["undici", "node:http"] as const)("over a connection of %s that was kept and is given up", (name) => {
  it("the failure reports that, and the stream was started", async () => {
    const server = await startRawServer((socket, count) => {
      if (count === 1) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
      else socket.resetAndDestroy();
    });
    const transport = openTransport(name);
    await transport.send(post(server), limits);
    const source = new Source(() => new Uint8Array(mebibyte));
    const error = await failure(transport.send(upload(server, source), limits));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: true, stale: true });
    expect(source).toMatchObject({ started: 1, ended: 1 });
  });
});

describe("over fetch", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("a redirection is rejected as such", async () => {
    const server = await startStreamingServer((message, response) => {
      message.resume().on("end", () => response.writeHead(307, { location: "/elsewhere" }).end());
    });
    const error = await failure(openTransport("fetch").send(upload(server, sourceOf("abc")), limits));
    expect(error).toMatchObject({ code: "Connection", systemCode: "CLIENTSMITH_REDIRECT" });
    expect(server.requests).toHaveLength(1);
  });

  it("a platform that sends no streams gets an error, and nothing is read", async () => {
    const server = await startStreamingServer((_message, response) => response.end());
    vi.stubGlobal(
      "Request",
      class {
        readonly headers = new Headers({ "content-type": "text/plain;charset=UTF-8" });
      },
    );
    const source = sourceOf("abc");
    const error = await failure(openTransport("fetch").send(upload(server, source), limits));
    expect(error).toMatchObject({
      message:
        `POST ${server.origin} was not sent: the fetch of this platform sends no streaming body; ` +
        "pass a buffered body (CLIENTSMITH_NO_REQUEST_STREAMS).",
      sent: false,
    });
    expect([source.started, server.connections]).toEqual([0, 0]);
  });

  it("256 MiB are sent without being kept", async () => {
    const server = await startStreamingServer((message, response) => message.resume().on("end", () => response.end()));
    const chunk = new Uint8Array(mebibyte / 4);
    let highest = 0;
    const source = new Source((count) => {
      highest = Math.max(highest, process.memoryUsage.rss());
      return count === 1024 ? undefined : chunk.slice();
    });
    const before = process.memoryUsage.rss();
    await openTransport("fetch").send(upload(server, source), limits);
    expect(highest - before).toBeLessThan(128 * mebibyte);
  });
});

it("an abandoned generator runs its finally", async () => {
  const server = await startStreamingServer((message) => message.resume());
  let closed = false;
  async function* lines(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        await pause(10);
        yield bytes("line\n");
      }
    } finally {
      closed = true;
    }
  }
  const signal = AbortSignal.timeout(80);
  const request = { ...upload(server, sourceOf()), stream: lines() };
  expect(await failure(openTransport("undici").send(request, { ...limits, signal }))).toBeInstanceOf(AbortedError);
  await expect.poll(() => closed).toBe(true);
});

it("what a proxying stream does with its own end is no matter of the request's", async () => {
  const server = await startStreamingServer((message) => {
    message.once("data", () => message.socket.resetAndDestroy());
  });
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): number => rejections.push(reason);
  process.on("unhandledRejection", onRejection);
  const stream = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false as const, value: new Uint8Array(65_536) }),
      return: () => Promise.reject(new Error("cannot be closed")),
    }),
  };
  const request = { ...upload(server, sourceOf()), stream };
  expect(await failure(openTransport("node:http").send(request, limits))).toBeInstanceOf(ConnectionError);
  await pause(30);
  process.off("unhandledRejection", onRejection);
  expect(rejections).toEqual([]);
});
