import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { createRequire } from "node:module";
import type { Transport } from "#runtime/schema/http.js";
import type { UndiciTransportOptions } from "#runtime/transport/undici/transport.js";
import { startHttpServer, type TestServer } from "./support/servers.js";
import { limits, pause, post, text } from "./support/transport.js";

const agentFile = "undici/lib/dispatcher/agent.js";

/** Requests after which undici is loaded. */
const worthUndici = 500;

afterEach(() => {
  vi.doUnmock(agentFile);
  vi.resetModules();
});

async function open(options: UndiciTransportOptions = {}): Promise<Transport> {
  const { createDefaultTransport } = await import("#runtime/transport/default.js");
  const transport = createDefaultTransport(options);
  onTestFinished(() => transport.close());
  return transport;
}

const serve = (): Promise<TestServer> => startHttpServer((_request, response) => response.end("ok"));

async function send(transport: Transport, server: TestServer, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    expect(text((await transport.send(post(server), limits)).body)).toBe("ok");
  }
}

/** Whether this process has loaded undici; no test may import it here, so the order of these matters. */
function isLoaded(): boolean {
  return Object.keys(createRequire(import.meta.url).cache).some((file) =>
    /[\\/]node_modules[\\/]undici[\\/]/.test(file),
  );
}

it("few requests go over node:http, many over undici: each gets a response, and the first connections are closed", async () => {
  const server = await serve();
  const transport = await open();
  await send(transport, server, worthUndici - 1);
  expect(isLoaded()).toBe(false);
  expect(server.connections).toBe(1);
  await send(transport, server, 1);
  await vi.waitFor(() => expect(isLoaded()).toBe(true));
  await vi.waitFor(() => expect(server.open.size).toBe(0));
  await send(transport, server, 3);
  expect(server.connections).toBe(2);
  expect(server.requests).toHaveLength(worthUndici + 3);
});

it("much data is sent over undici, too", async () => {
  const large = Buffer.alloc(70_000_000);
  const server = await startHttpServer((_request, response) => response.end(large));
  const transport = await open();
  for (let sent = 0; sent < 3; sent++) await transport.send(post(server), limits);
  await vi.waitFor(() => expect(server.open.size).toBe(0));
  await transport.send(post(server), limits);
  expect(server.connections).toBe(2);
});

it("undici is loaded once, however many requests are sent meanwhile", async () => {
  const { UndiciTransport } = await import("#runtime/transport/undici/transport.js");
  const load = vi.spyOn(UndiciTransport.prototype, "load");
  const server = await serve();
  const transport = await open();
  await Promise.all(Array.from({ length: 2 * worthUndici }, () => transport.send(post(server), limits)));
  await vi.waitFor(() => expect(server.open.size).toBe(0));
  expect(load).toHaveBeenCalledTimes(1);
});

it("requests that are in flight while undici takes over end over node:http", async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = await startHttpServer(async (request, response) => {
    if (request.url === "/slow") await held;
    response.end(request.url);
  });
  const transport = await open();
  const slow = transport.send(post(server, { path: "/slow" }), limits);
  for (let sent = 1; sent < worthUndici; sent++) await transport.send(post(server), limits);
  await vi.waitFor(async () => {
    await transport.send(post(server), limits);
    expect(server.connections).toBe(3);
  });
  release();
  expect(text((await slow).body)).toBe("/slow");
  await vi.waitFor(() => expect(server.open.size).toBe(1));
});

it("an undici that cannot be loaded is warned of, and nothing fails for it", async () => {
  vi.doMock(agentFile, () => {
    throw Object.assign(new Error("cannot be loaded"), { code: "ERR_DLOPEN_FAILED" });
  });
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  const server = await serve();
  await send(await open(), server, worthUndici + 3);
  await vi.waitFor(() => expect(warnings).toHaveLength(1));
  expect(warnings[0]).toMatchObject({ code: "CLIENTSMITH_NO_UNDICI" });
  expect(warnings[0]?.message).toMatch(/^undici could not be loaded; requests continue over node:http: .+/);
  expect(server.connections).toBe(1);
});

it("closed while undici is being loaded, it leaves nothing open and sends nothing more", async () => {
  const server = await serve();
  const transport = await open();
  await send(transport, server, worthUndici);
  await transport.close();
  await pause(200);
  expect(server.open.size).toBe(0);
  await expect(transport.send(post(server), limits)).rejects.toMatchObject({ systemCode: "UND_ERR_CLOSED" });
});

it.each([
  ["a dispatcher", (): UndiciTransportOptions => ({ dispatcher: { dispatch: () => expect.fail("not this way") } })],
  ["a proxy", (): UndiciTransportOptions => ({ proxy: "http://127.0.0.1:1" })],
])("%s is sent over at once", async (_what, options) => {
  const server = await serve();
  const transport = await open(options());
  await expect(transport.send(post(server), limits)).rejects.toThrow(/not this way|over the proxy 127.0.0.1:1/);
  expect(server.requests).toHaveLength(0);
});
