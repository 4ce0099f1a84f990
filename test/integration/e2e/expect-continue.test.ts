import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { AdaptiveTransport } from "#runtime/transport/adaptive.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/index.js";
import type { Transport } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input: object, options?: object) => Promise<object>;

const { module } = await generateClient(join(root, "test/fixtures/s3/model.json"));
const S3Client = module["S3Client"] as new (options: object) => object;
const putObject = module["putObject"] as Call;

const large = randomBytes(2 ** 21);
const place = { Bucket: "pond", Key: "a" };

/** Each request, with what was received of its body when the server responded. */
interface Received {
  readonly expect: string | undefined;
  body: number;
}

let received: Received[];
/** What the server does with the headers of the next requests: a status to reject them, or silence. */
let replies: (number | "silent")[];
let connections: number;
/** Connections of the current test that are open. */
let open: Set<Socket>;
const server = createServer();

beforeAll(async () => {
  const read = (request: IncomingMessage, response: ServerResponse): void => {
    const entry: Received = { expect: request.headers["expect"], body: 0 };
    received.push(entry);
    const reply = replies.shift();
    if (typeof reply === "number") {
      response.writeHead(reply).end(`<Error><Code>${reply === 503 ? "SlowDown" : "AccessDenied"}</Code></Error>`);
      request.on("data", (part: Buffer) => (entry.body += part.length));
      return;
    }
    if (entry.expect && reply !== "silent") response.writeContinue();
    request.on("data", (part: Buffer) => (entry.body += part.length));
    request.on("end", () => response.writeHead(200).end());
  };
  server.on("request", read).on("checkContinue", read);
  server.on("connection", (socket) => {
    connections++;
    const current = open.add(socket);
    socket.on("close", () => current.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  [received, replies, connections, open] = [[], [], 0, new Set()];
});

function clientOver(transport: Transport, options: object = {}): object {
  onTestFinished(() => transport.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  return new S3Client({ region: "eu-west-1", credentials, endpoint, transport, ...options });
}

const bodies: readonly (readonly [string, () => object])[] = [
  ["bytes", () => ({ Body: large })],
  ["a Blob", () => ({ Body: new Blob([large]) })],
  ["a stream", () => ({ Body: Readable.from([large]), ContentLength: large.length })],
  ["a stream of unknown length", () => ({ Body: Readable.from([large]) })],
];

describe("a large body over node:http", () => {
  it.each(bodies)("is sent once the server accepts the headers: %s", async (_what, body) => {
    await putObject(clientOver(createNodeHttpTransport()), { ...place, ...body() });
    expect(received).toMatchObject([{ expect: "100-continue" }]);
    expect(received[0]?.body).toBeGreaterThanOrEqual(large.length);
  });

  it.each(bodies)("is not sent where the server rejects the headers: %s", async (_what, body) => {
    replies = [403];
    const failure = putObject(clientOver(createNodeHttpTransport()), { ...place, ...body() });
    await expect(failure).rejects.toMatchObject({ code: "Service", status: 403, attempts: 1 });
    expect(received).toEqual([{ expect: "100-continue", body: 0 }]);
  });

  it("is sent in another attempt, even if it is a stream, because nothing was read of it", async () => {
    replies = [503];
    const client = clientOver(createNodeHttpTransport());
    const output = await putObject(client, { ...place, Body: Readable.from([large]), ContentLength: large.length });
    expect(output).toMatchObject({ $metadata: { attempts: 2 } });
    expect(received.map(({ body }) => body > 0)).toEqual([false, true]);
  });

  it("is sent after a second to a server that sends no interim response", async () => {
    replies = ["silent", "silent"];
    const client = clientOver(createNodeHttpTransport());
    const startedAt = performance.now();
    await putObject(client, { ...place, Body: large });
    expect(performance.now() - startedAt).toBeGreaterThan(950);
    await putObject(client, { ...place, Body: new Blob([large]) });
    expect(received.map(({ body }) => body >= large.length)).toEqual([true, true]);
  });

  it("leaves the connection for the next request", async () => {
    const client = clientOver(createNodeHttpTransport());
    for (let count = 0; count < 3; count++) await putObject(client, { ...place, Body: large });
    expect(connections).toBe(1);
  });

  it("ends with the caller's signal while it waits, and reads nothing of the stream", async () => {
    replies = ["silent"];
    let isRead = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      isRead = true;
      yield await Promise.resolve(large);
    }
    const controller = new AbortController();
    const input = { ...place, Body: source(), ContentLength: large.length };
    const failing = putObject(clientOver(createNodeHttpTransport()), input, { signal: controller.signal });
    await vi.waitFor(() => expect(received).toHaveLength(1));
    controller.abort();
    await expect(failing).rejects.toMatchObject({ code: "Aborted" });
    expect(isRead).toBe(false);
  });
});

it("a small body is sent at once", async () => {
  const client = clientOver(createNodeHttpTransport());
  await putObject(client, { ...place, Body: large.subarray(1) });
  await putObject(client, { ...place, Body: new Blob(["small"]) });
  expect(received).toMatchObject([{ expect: undefined }, { expect: undefined }]);
});

it.each<[string, () => Transport]>([
  ["undici", () => createUndiciTransport()],
  ["fetch", () => createFetchTransport()],
])("a large body over %s is sent at once, without the header", async (_name, create) => {
  const client = clientOver(create());
  for (const [, body] of bodies.slice(0, 3)) await putObject(client, { ...place, ...body() });
  expect(received.map((entry) => entry.expect)).toEqual([undefined, undefined, undefined]);
  expect(received.every(({ body }) => body >= large.length)).toBe(true);
});

it("a client that has changed to undici still sends large bodies over node:http", async () => {
  const transport = new AdaptiveTransport({});
  const client = clientOver(transport);
  for (let count = 0; count < 500; count++) await putObject(client, { ...place, Body: "small" });
  // The connections over node:http are closed then.
  await vi.waitFor(() => expect(open.size).toBe(0), 10_000);
  await putObject(client, { ...place, Body: "small" });
  await putObject(client, { ...place, Body: large });
  expect(received.at(-1)).toMatchObject({ expect: "100-continue" });
  await transport.close();
  await expect(putObject(client, { ...place, Body: large })).rejects.toMatchObject({ code: "Connection" });
});
