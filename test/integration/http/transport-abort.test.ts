import { getEventListeners } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import { boundCall } from "#runtime/signals/deadline.js";
import { startRawServer } from "./support/servers.js";
import { failure, limits, openTransport, pause, post, text } from "./support/transport.js";

const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
const reason = new Error("the user pressed stop");

/** Aborts and gives the error, which must come at once and leave no listener. */
async function abortNow(controller: AbortController, sent: Promise<unknown>): Promise<unknown> {
  const settled = failure(sent);
  const start = performance.now();
  controller.abort(reason);
  const error = await settled;
  expect(performance.now() - start).toBeLessThan(50);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  expect(error).toBeInstanceOf(AbortedError);
  return error;
}

const aborted = (when: string): object => ({
  code: "Aborted",
  message: `The call was aborted ${when}: the user pressed stop`,
  cause: reason,
});

describe("an aborted signal", () => {
  it("makes no request where it was aborted before", async () => {
    const server = await startRawServer((socket) => socket.write(ok));
    const error = await failure(openTransport().send(post(server), { ...limits, signal: AbortSignal.abort(reason) }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: reason });
    await pause(30);
    expect([server.requests.length, server.connections]).toEqual([0, 0]);
  });

  it("ends the wait for a connection", async () => {
    const connect = vi.fn<() => void>();
    const transport = openTransport({ connect });
    const controller = new AbortController();
    const sent = transport.send(post({ origin: "http://nowhere.test", host: "nowhere.test" }), {
      ...limits,
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(connect).toHaveBeenCalled());
    expect(await abortNow(controller, sent)).toMatchObject(aborted("while waiting for a connection"));
  });

  it("ends the wait for a free connection: the request is never sent, the connection is kept", async () => {
    const held: Socket[] = [];
    const server = await startRawServer((socket) => held.push(socket));
    const transport = openTransport({ maxConnections: 1 });
    const first = transport.send(post(server, { body: "first" }), limits);
    while (held.length === 0) await pause(5);
    const controller = new AbortController();
    const waiting = transport.send(post(server, { body: "aborted" }), { ...limits, signal: controller.signal });
    const last = transport.send(post(server, { body: "last" }), limits);
    expect(await abortNow(controller, waiting)).toMatchObject(aborted("while waiting for a connection"));
    held[0]?.write(ok);
    await first;
    while (held.length === 1) await pause(5);
    held[1]?.write(ok);
    await last;
    expect(server.requests.map(({ body }) => body)).toEqual(["first", "last"]);
    expect(server.connections).toBe(1);
  });

  it("ends the wait for the headers and breaks the connection off", async () => {
    const server = await startRawServer(() => {});
    const controller = new AbortController();
    const sent = openTransport().send(post(server), { ...limits, signal: controller.signal });
    while (server.requests.length === 0) await pause(5);
    expect(await abortNow(controller, sent)).toMatchObject(aborted("while waiting for the response"));
    await expect.poll(() => server.open.size).toBe(0);
  });

  it("ends the reading of the body and breaks the connection off", async () => {
    const server = await startRawServer((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"));
    const controller = new AbortController();
    const sent = openTransport().send(post(server), { ...limits, signal: controller.signal });
    while (server.requests.length === 0) await pause(5);
    await pause(30);
    expect(await abortNow(controller, sent)).toMatchObject(aborted("while reading the response"));
    await expect.poll(() => server.open.size).toBe(0);
  });

  it("changes nothing once the response is there", async () => {
    const server = await startRawServer((socket) => socket.write(ok));
    const transport = openTransport();
    const controller = new AbortController();
    const { body } = await transport.send(post(server), { ...limits, signal: controller.signal });
    controller.abort(reason);
    expect(text(body)).toBe("ok");
    await transport.send(post(server), limits);
    expect(server.connections).toBe(1);
  });

  it("may be that of a deadline, whose error it then is", async () => {
    const server = await startRawServer(() => {});
    const bounds = boundCall(undefined, 60);
    const error = await failure(openTransport().send(post(server), { ...limits, signal: bounds.signal }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "deadline", limit: 60 });
  });
});

describe("a signal that is not aborted", () => {
  it("has no listener after success, failure or a time limit", async () => {
    const server = await startRawServer((socket, count) => {
      if (count === 1) socket.write(ok);
      else if (count === 2) socket.resetAndDestroy();
    });
    const transport = openTransport();
    const { signal } = new AbortController();
    await transport.send(post(server), { ...limits, signal });
    expect(await failure(transport.send(post(server), { ...limits, signal }))).toBeInstanceOf(ConnectionError);
    expect(await failure(transport.send(post(server), { ...limits, headersTimeout: 50, signal }))).toBeInstanceOf(
      TimeoutError,
    );
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("may be shared by many requests without a warning, and aborts them all", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): number => warnings.push(warning);
    process.on("warning", onWarning);
    const server = await startRawServer(() => {});
    const transport = openTransport();
    const controller = new AbortController();
    const sent = Array.from({ length: 30 }, () =>
      failure(transport.send(post(server), { ...limits, signal: controller.signal })),
    );
    await expect.poll(() => server.requests.length).toBe(30);
    controller.abort(reason);
    for (const error of await Promise.all(sent)) expect(error).toMatchObject({ code: "Aborted", cause: reason });
    await pause(10);
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });
});
