import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudTrailClient, type CloudTrailClientOptions, listTrails } from "@clientsmith/cloudtrail";
import type { Transport } from "@clientsmith/runtime";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { testCredentials } from "@clientsmith/runtime/testing";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { describe, expect, it, onTestFinished } from "vitest";
import { failure } from "./support/cloudtrail.js";

/** Responds, but asks to be left alone for a second at first. */
async function start(isBusyAtFirst = false): Promise<{ endpoint: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    const headers = { "content-type": "application/x-amz-json-1.1" };
    if (isBusyAtFirst && requests === 1) {
      response.writeHead(503, { ...headers, "retry-after": "0.5" }).end('{"__type":"ServiceUnavailable"}');
    } else response.writeHead(200, headers).end('{"Trails":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

const transports: readonly (readonly [string, () => Transport | undefined])[] = [
  ["its own transport", () => undefined],
  ["undici", () => createUndiciTransport()],
  ["fetch", () => createFetchTransport()],
];

describe.each(transports)("close() (%s)", (_name, createTransport) => {
  const clientOf = (endpoint: string, options: CloudTrailClientOptions = {}): CloudTrailClient => {
    const transport = createTransport();
    onTestFinished(() => transport?.close());
    const own = transport && { transport };
    return new CloudTrailClient({ region: "us-east-1", endpoint, credentials: testCredentials, ...own, ...options });
  };

  it("waits for a call between two attempts", async () => {
    const { endpoint, requests } = await start(true);
    const client = clientOf(endpoint);
    const call = listTrails(client);
    while (requests() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 100));
    let isClosed = false;
    const closing = client.close().then(() => {
      isClosed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isClosed).toBe(false);
    expect((await call).$metadata.attempts).toBe(2);
    await closing;
  });

  it("waits for a call that has just started, or waits for credentials, and for no call afterwards", async () => {
    const { endpoint, requests } = await start();
    const slow = async (): Promise<typeof testCredentials> => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return testCredentials;
    };
    const client = clientOf(endpoint, { credentials: slow });
    const call = listTrails(client);
    const closing = client.close();
    const error = await failure(listTrails(client));
    expect(error).toMatchObject({ code: "Connection", attempts: 0, sent: false });
    expect(String(error)).toContain("This client of CloudTrail was closed");
    expect((await call).Trails).toEqual([]);
    await closing;
    expect(requests()).toBe(1);
    await client.close();
  });
});
