import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { listTrails } from "@clientsmith/cloudtrail/listTrails";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { createHttp2Transport } from "@clientsmith/runtime/transport/http2";
import { createNodeHttpTransport } from "@clientsmith/runtime/transport/node-http";
import { describe, expect, it, onTestFinished } from "vitest";
import { startServer, success } from "./server.js";
import { keys } from "./table/recovering.js";

const injections: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["a line break in a value", { "x-trace": "a\r\nx-evil: b" }],
  ["a line feed in a value", { "x-trace": "a\nx-evil: b" }],
  ["a NUL in a value", { "x-trace": "a\0b" }],
  ["a line break in a name", { "x-trace\r\nx-evil": "b" }],
  ["a colon in a name", { "x-evil: b\r\nx": "b" }],
  ["no name", { "": "b" }],
];

describe.each([
  ["undici", () => createUndiciTransport()],
  ["node:http", () => createNodeHttpTransport()],
  ["fetch", () => createFetchTransport()],
  ["http2", () => createHttp2Transport()],
])("headers that a hook returns (%s)", (_name, transportOf) => {
  it.each(injections)("%s: nothing is sent, and nothing is retried", async (_what, headers) => {
    const heads: string[] = [];
    const server = await startServer((socket, { head }) => {
      heads.push(head);
      socket.write(success);
    });
    const transport = transportOf();
    const client = new CloudTrailClient({
      endpoint: `http://127.0.0.1:${server.port}`,
      region: "us-east-1",
      credentials: keys,
      hooks: { onRequest: () => headers as Record<string, string> },
      transport,
    });
    onTestFinished(async () => {
      await client.close();
      await transport.close();
      await server.close();
    });
    const error: unknown = await listTrails(client).catch((failure: unknown) => failure);
    expect(heads).toEqual([]);
    expect(error).toMatchObject({ code: "Connection", sent: false, attempts: 1 });
  });
});
