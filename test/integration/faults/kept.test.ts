import { listTrails } from "@clientsmith/cloudtrail/listTrails";
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { createNodeHttpTransport } from "@clientsmith/runtime/transport/node-http";
import type { Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { startServer, success } from "./server.js";
import { keys } from "./table/recovering.js";

const beginning = "HTTP/1.1 200 OK\r\ncontent-le";

const breaks: readonly (readonly [string, (socket: Socket) => void])[] = [
  ["reset", (socket) => void socket.write(beginning, () => setTimeout(() => socket.resetAndDestroy(), 30))],
  ["closed", (socket) => void socket.end(beginning)],
];

describe.each([
  ["undici", () => createUndiciTransport()],
  ["node:http", () => createNodeHttpTransport()],
])("a request whose response has started is not sent again for free (%s)", (_name, transportOf) => {
  it.each(breaks)("%s within the headers, on a fresh connection and on a pooled one", async (_how, breakOff) => {
    for (const good of [0, 1]) {
      const server = await startServer((socket, { number }) => {
        if (number <= good) socket.write(success);
        else breakOff(socket);
      });
      const transport = transportOf();
      const endpoint = `http://127.0.0.1:${server.port}`;
      const options = { endpoint, region: "us-east-1", credentials: keys, maxAttempts: 1 };
      const client = new CloudTrailClient({ ...options, transport });
      onTestFinished(async () => {
        await client.close();
        await transport.close();
        await server.close();
      });
      for (let count = 0; count < good; count++) await listTrails(client);
      await expect(listTrails(client)).rejects.toMatchObject({ code: "Connection", stale: false, attempts: 1 });
      expect(server.requests).toBe(good + 1);
    }
  });
});
