import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { classify } from "#runtime/retry/classify.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createHttp2Transport } from "#runtime/transport/http2/transport.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import { startHttpServer } from "./support/servers.js";
import { failure, limits, post, text } from "./support/transport.js";

describe.each([
  ["undici", createUndiciTransport, 1],
  ["node:http", createNodeHttpTransport, 1],
  ["fetch", createFetchTransport, 1],
  ["http2", createHttp2Transport, 2],
] as const)("maxResponseSize of the transport over %s", (_name, create, version) => {
  const maxResponseSize = 100_000;

  it("ends a body that has more, and is not worth another attempt", async () => {
    // Without an end, so that only the limit can end it.
    const server = await startHttpServer((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", pour);
      pour();
    }, version);
    const transport = create({ maxResponseSize });
    onTestFinished(() => transport.close());
    const error = await failure(transport.send(post(server), limits));
    expect(error).toMatchObject({ code: "Connection", systemCode: "CLIENTSMITH_RESPONSE_TOO_LARGE", sent: true });
    expect((error as Error).message).toContain("the body has more than 100000 bytes (option maxResponseSize)");
    expect(classify(error).retryable).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it("lets a body of just that size pass", async () => {
    const server = await startHttpServer((_request, response) => response.end("x".repeat(maxResponseSize)), version);
    const transport = create({ maxResponseSize });
    onTestFinished(() => transport.close());
    expect(text((await transport.send(post(server), limits)).body)).toHaveLength(maxResponseSize);
  });
});

it("fetch bounds what a compressed body becomes", async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const server = await startHttpServer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
  });
  const transport = createFetchTransport({ maxResponseSize: 1_000_000 });
  onTestFinished(() => transport.close());
  expect(bomb.length).toBeLessThan(100_000);
  expect(await failure(transport.send(post(server), limits))).toMatchObject({
    systemCode: "CLIENTSMITH_RESPONSE_TOO_LARGE",
  });
});
