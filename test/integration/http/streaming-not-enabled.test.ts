import { expect, it } from "vitest";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createHttp2Transport } from "#runtime/transport/http2/transport.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import { startStreamingServer } from "./support/servers.js";
import { limits, post } from "./support/transport.js";

// Whether streaming is enabled is a fact of the process, so this is a file, and a process, of its own.
it.each([
  ["undici", createUndiciTransport, 1],
  ["node:http", createNodeHttpTransport, 1],
  ["fetch", createFetchTransport, 1],
  ["http2", createHttp2Transport, 2],
] as const)(
  "a program that does not enable streaming cannot send or receive a streaming body over %s",
  async (_name, create, version) => {
    const server = await startStreamingServer((_message, response) => response.end("done"), version);
    const transport = create();
    const { body: _body, ...request } = post(server);
    const source = (async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(new Uint8Array(1));
    })();
    const advice = "Call enableStreaming() of @clientsmith/runtime/transport/streaming";
    await expect(transport.send({ ...request, stream: source }, limits)).rejects.toThrow(advice);
    await expect(transport.send(post(server), { ...limits, streamed: {} })).rejects.toThrow(advice);
    expect(server.requests).toEqual([]);
    // Neither request counts as in flight.
    await transport.close();
  },
);
