import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudTrailClient, getTrail } from "@clientsmith/cloudtrail";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/index.js";

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end(JSON.stringify({ Trail: { Name: "audit" } })));
});
let endpoint = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
afterEach(() => vi.useRealTimers());

describe("under vi.useFakeTimers()", () => {
  it.each([
    ["node:http", createNodeHttpTransport],
    ["undici", createUndiciTransport],
    ["fetch", createFetchTransport],
  ])("calls and close() settle over %s", async (_name, create) => {
    vi.useFakeTimers();
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const transport = create({});
    const client = new CloudTrailClient({ region: "us-east-1", credentials, endpoint, transport });
    for (let count = 0; count < 3; count++) {
      const { Trail } = await getTrail(client, { Name: "audit" });
      expect(Trail).toEqual({ Name: "audit" });
    }
    await client.close();
    await transport.close?.();
  });
});
