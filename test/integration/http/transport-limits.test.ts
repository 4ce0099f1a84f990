import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { TimeoutError } from "#runtime/errors/index.js";
import { startRawServer } from "./support/servers.js";
import { failure, limits, openTransport, pause, post, text } from "./support/transport.js";

const nowhere = { origin: "http://nowhere.test", host: "nowhere.test" };
const neverConnects = (): void => {};

/** Sends until the limit passes; the error comes at the limit, not at the next tick of a coarse clock. */
async function timeout(promise: Promise<unknown>, limit: number): Promise<TimeoutError> {
  const start = performance.now();
  const error = await failure(promise);
  const elapsed = performance.now() - start;
  expect(error).toBeInstanceOf(TimeoutError);
  expect((error as TimeoutError).limit).toBe(limit);
  // Node counts a timer from the start of the turn of the loop that sets it.
  expect(elapsed).toBeGreaterThan(limit - 20);
  expect(elapsed).toBeLessThan(limit + 300);
  return error as TimeoutError;
}

describe("connectTimeout", () => {
  it("bounds a connection that does not come about", async () => {
    const transport = openTransport({ connect: neverConnects });
    await failure(transport.send(post(nowhere), { ...limits, connectTimeout: 1 })); // undici is loaded now
    const error = await timeout(transport.send(post(nowhere), { ...limits, connectTimeout: 100 }), 100);
    expect(error.phase).toBe("connect");
    expect(error.message).toBe(
      "POST http://nowhere.test timed out after 100 ms (option connectTimeout): no connection could be opened.",
    );
  });

  it("counts the wait for a free connection, and what waited in vain is never sent", async () => {
    const held: Socket[] = [];
    const server = await startRawServer((socket) => held.push(socket));
    const transport = openTransport({ maxConnections: 2 });
    const first = [1, 2].map((n) => transport.send(post(server, { body: `first ${n}` }), limits));
    while (server.requests.length < 2) await pause(5);

    const error = await timeout(
      transport.send(post(server, { body: "late" }), { ...limits, connectTimeout: 100 }),
      100,
    );
    expect(error.phase).toBe("connect");
    expect(error.message).toBe(
      `POST ${server.origin} timed out after 100 ms (option connectTimeout): ` +
        "all 2 connections are in use (option maxConnections).",
    );

    for (const socket of held) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    await Promise.all(first);
    const next = transport.send(post(server, { body: "next" }), limits);
    while (server.requests.length < 3) await pause(5);
    for (const socket of new Set(held)) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    await next;
    expect(server.requests.map(({ body }) => body)).toEqual(["first 1", "first 2", "next"]);
    expect(server.connections).toBe(2);
  });

  it("of the transport ends the opening of a connection, however long the request would wait", async () => {
    const server = await startRawServer(() => {});
    const silentTls = { origin: server.origin.replace("http:", "https:"), host: server.host };
    const error = await failure(openTransport({ connectTimeout: 50 }).send(post(silentTls), limits));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "connect", limit: 50 });
    await expect.poll(() => server.open.size).toBe(0);
  });
});

describe("headersTimeout", () => {
  it("bounds the wait for the headers, and breaks the connection off", async () => {
    const server = await startRawServer(() => {});
    const transport = openTransport();
    const error = await timeout(transport.send(post(server), { ...limits, headersTimeout: 100 }), 100);
    expect(error.phase).toBe("headers");
    expect(error.message).toBe(
      `POST ${server.origin} timed out after 100 ms (option headersTimeout): the request was sent, but no response started.`,
    );
    await expect.poll(() => server.open.size).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it("covers headers that stop half-way", async () => {
    const server = await startRawServer((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-"));
    const error = await timeout(openTransport().send(post(server), { ...limits, headersTimeout: 100 }), 100);
    expect(error.phase).toBe("headers");
  });

  it("is not put off by interim responses", async () => {
    const server = await startRawServer((socket) => {
      const timer = setInterval(() => socket.write("HTTP/1.1 102 Processing\r\n\r\n"), 20);
      socket.on("close", () => clearInterval(timer));
    });
    const error = await timeout(openTransport().send(post(server), { ...limits, headersTimeout: 150 }), 150);
    expect(error.phase).toBe("headers");
  });

  it("does not count the time before the request was sent", async () => {
    const held: Socket[] = [];
    const server = await startRawServer((socket) => held.push(socket));
    const transport = openTransport({ maxConnections: 1 });
    const first = transport.send(post(server), limits);
    const second = transport.send(post(server), { ...limits, headersTimeout: 150 });
    await pause(200);
    held[0]?.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    await first;
    while (server.requests.length < 2) await pause(5);
    held[1]?.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    expect((await second).status).toBe(200);
  });
});

describe("bodyTimeout", () => {
  it("bounds a silence at the start of the body", async () => {
    const server = await startRawServer((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"));
    const error = await timeout(openTransport().send(post(server), { ...limits, bodyTimeout: 100 }), 100);
    expect(error).toMatchObject({ phase: "body" });
    expect(error.message).toBe(
      `POST ${server.origin} timed out after 100 ms (option bodyTimeout): ` +
        "the response (status 200) stalled after 0 bytes of its body.",
    );
    await expect.poll(() => server.open.size).toBe(0);
  });

  it("bounds a silence within the body", async () => {
    const server = await startRawServer((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc"));
    const error = await timeout(openTransport().send(post(server), { ...limits, bodyTimeout: 100 }), 100);
    expect(error.message).toContain("stalled after 3 bytes of its body.");
  });

  it("lets a body drip for longer than the limit as long as it drips", async () => {
    const server = await startRawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n");
      let sent = 0;
      const timer = setInterval(() => {
        socket.write("x");
        if (++sent === 12) clearInterval(timer);
      }, 40);
    });
    const start = performance.now();
    const { body } = await openTransport().send(post(server), { ...limits, bodyTimeout: 200 });
    expect(text(body)).toBe("x".repeat(12));
    expect(performance.now() - start).toBeGreaterThan(400);
  });
});

describe("limits", () => {
  it("of 0, and those too long for a timer, are off", async () => {
    const server = await startRawServer((socket) => {
      setTimeout(() => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"), 30);
      setTimeout(() => socket.write("ok"), 60);
    });
    const transport = openTransport();
    for (const limit of [0, 2 ** 40, Number.POSITIVE_INFINITY]) {
      const all = { connectTimeout: limit, headersTimeout: limit, bodyTimeout: limit };
      expect(text((await transport.send(post(server), all)).body)).toBe("ok");
    }
  });

  it("do not pass because this process was busy while the response came", async () => {
    const server = await startRawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
    const transport = openTransport();
    await transport.send(post(server), limits);
    // The server lives in this process: its response is written, then the loop stalls for longer than the limit.
    const sent = transport.send(post(server), { ...limits, headersTimeout: 50 });
    while (server.requests.length < 2) await new Promise(setImmediate);
    const end = performance.now() + 120;
    while (performance.now() < end);
    expect(text((await sent).body)).toBe("ok");
  });
});
