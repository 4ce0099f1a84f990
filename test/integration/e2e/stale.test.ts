import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { CloudTrailClient, listTrails } from "@clientsmith/cloudtrail";
import type { Transport } from "@clientsmith/runtime";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { failure } from "./support/cloudtrail.js";
import { verifyRequestsOf } from "./support/verified.js";

/** Responds to the first request of each connection, and does to the connection what `then` says when a second one came. */
async function startServer(then: (socket: Socket) => void): Promise<{ endpoint: string; connections: () => number }> {
  const known = new Set<Socket>();
  const server = createServer((request, response) => {
    const { socket } = request;
    const isFirst = !known.has(socket);
    known.add(socket);
    request.resume().once("end", () => void (isFirst ? response.end('{"Trails":[]}') : then(socket)));
  });
  verifyRequestsOf(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => known.size,
  };
}

const transports: readonly (readonly [string, () => { readonly transport?: Transport }])[] = [
  ["the client's own transport", () => ({})],
  ["undici", () => ({ transport: createUndiciTransport() })],
];

describe.each(transports)("a pooled connection that the server has closed (%s)", (_name, transportOption) => {
  const clientOf = (endpoint: string): CloudTrailClient => {
    const options = transportOption();
    const client = new CloudTrailClient({
      region: "us-east-1",
      endpoint,
      credentials: testCredentials,
      maxAttempts: 1,
      ...options,
    });
    onTestFinished(async () => {
      await client.close();
      await options.transport?.close();
    });
    return client;
  };

  it.each([
    ["reset", (socket: Socket) => void socket.resetAndDestroy()],
    ["closed", (socket: Socket) => void socket.end()],
  ])("%s: the request is sent again, though there was to be one attempt only", async (_how, then) => {
    const server = await startServer(then);
    const client = clientOf(server.endpoint);
    expect((await listTrails(client)).$metadata.attempts).toBe(1);
    expect((await listTrails(client)).$metadata).toMatchObject({ attempts: 2, totalRetryDelay: 0 });
    expect(server.connections()).toBe(2);
  });

  it("is not what broke later than a second after the request: the server may have worked on it", async () => {
    let seen = 0;
    const server = await startServer((socket) => {
      seen++;
      setTimeout(() => socket.resetAndDestroy(), 1_200);
    });
    const client = clientOf(server.endpoint);
    await listTrails(client);
    expect(await failure(listTrails(client))).toMatchObject({ code: "Connection", stale: false, attempts: 1 });
    expect(seen).toBe(1);
    expect(server.connections()).toBe(1);
  });

  it("is no excuse for a fresh connection that is reset", async () => {
    let connections = 0;
    const server = createServer((request) => {
      connections++;
      request.resume().once("end", () => void request.socket.resetAndDestroy());
    });
    verifyRequestsOf(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await failure(listTrails(client))).toMatchObject({ code: "Connection", stale: false, attempts: 1 });
    expect(connections).toBe(1);
  });
});
