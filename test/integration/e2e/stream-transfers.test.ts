import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openAsBlob,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AbortedError, ConnectionError, TimeoutError } from "#runtime/errors/index.js";
import type { StreamingBody } from "#runtime/index.js";
import { testCredentials } from "#runtime/testing/index.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import type { Transport } from "#runtime/schema/http.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import { verifyRequest } from "#runtime/signing/verify.js";
import { failureOf } from "../../support/failure.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

interface Client {
  close(): Promise<void>;
}
type Output = Readonly<Record<string, unknown>> & { readonly Body: StreamingBody };
type Call = (client: Client, input: object, options?: object) => Promise<Output>;

const { module } = await generateClient(join(root, "test/fixtures/streams/model.json"));
const [put, putChecked, get] = ["put", "putChecked", "get"].map((name) => module[name] as Call) as [Call, Call, Call];
const DepotClient = module["DepotClient"] as new (options: object) => Client;

const folder = mkdtempSync(join(tmpdir(), "stream-transfers-"));
const file = join(folder, "file");
const content = Buffer.from(Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 7) % 251));

interface Received {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

let server: Server;
let endpoint: string;
/** Requests that came whole. */
let received: Received[];
/** Requests that began. */
let started: number;
/** Responds; the first is taken for the first request, and so on. */
let responses: ((response: ServerResponse, body: Buffer) => void)[];
/** Told when a connection ends in the middle of what it was used for. */
let onBroken: (() => void) | undefined;

beforeAll(async () => {
  writeFileSync(file, content);
  server = createServer((request, response) => {
    const given = responses[started++];
    request.on("error", () => onBroken?.());
    response.on("close", () => {
      if (!response.writableFinished) onBroken?.();
    });
    buffer(request).then(
      (body) => {
        received.push({ request, body });
        if (given) given(response, body);
        else response.end();
      },
      () => {},
    );
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const busy = (response: ServerResponse): void => {
  response.writeHead(503).end('{"__type":"ServiceUnavailable"}');
};

describe.each<[string, () => Transport]>([
  ["node:http", () => createNodeHttpTransport()],
  ["undici", () => createUndiciTransport()],
  ["fetch", () => createFetchTransport()],
])("over %s", (name, create) => {
  let transport: Transport;
  let client: Client;

  beforeEach(() => {
    [received, started, responses, onBroken] = [[], 0, [], undefined];
    transport = create();
    client = new DepotClient({ region: "eu-west-1", endpoint, credentials: testCredentials, transport });
  });

  afterEach(async () => {
    await client.close();
    await transport.close();
  });

  it("a file goes there and comes back", async () => {
    responses = [(response) => response.end(), (response) => void Readable.from([content]).pipe(response)];
    await put(client, { Key: "a", Body: createReadStream(file) });
    const [first] = received as [Received];
    expect(first.body.equals(content)).toBe(true);
    expect(first.request.headers).toMatchObject({
      "content-length": String(content.byteLength),
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
    });
    const { method = "", url = "", headers } = first.request;
    const signed = { method, path: url, query: "", headers, body: first.body };
    const known = { service: "depot", lookup: () => testCredentials, unsignedPayload: true };
    expect(verifyRequest(signed, known)).toMatchObject({ ok: true });

    const { Body } = await get(client, { Key: "a" });
    const copy = join(folder, "copy");
    await pipeline(Body, createWriteStream(copy));
    expect(readFileSync(copy).equals(content)).toBe(true);
  });

  it("a stream of unknown length goes in chunks", async () => {
    await put(client, { Key: "a", Body: Readable.from([Buffer.from("te"), Buffer.from("xt")]) });
    expect(received[0]?.body.toString()).toBe("text");
    expect(received[0]?.request.headers["transfer-encoding"]).toBe("chunked");
  });

  it.each([
    ["a Blob of a file", () => openAsBlob(file)],
    ["a stream", () => createReadStream(file)],
  ])("a checksum comes after %s", async (_what, body) => {
    await putChecked(client, { Key: "a", Body: await body(), Algorithm: "SHA256" });
    const [{ request, body: framed }] = received as [Received];
    expect(request.headers).toMatchObject({
      "content-encoding": "aws-chunked",
      "content-length": String(framed.byteLength),
      "x-amz-decoded-content-length": String(content.byteLength),
      "x-amz-trailer": "x-amz-checksum-sha256",
    });
    const checksum = createHash("sha256").update(content).digest("base64");
    const end = `\r\n0\r\nx-amz-checksum-sha256:${checksum}\r\n\r\n`;
    expect(framed.subarray(-end.length).toString()).toBe(end);
  });

  it("a Blob is sent again where that may help", async () => {
    responses = [busy, (response) => response.end()];
    await put(client, { Key: "a", Body: await openAsBlob(file) });
    expect(received.map(({ body }) => body.equals(content))).toEqual([true, true]);
  });

  it("a stream that was started is not", async () => {
    responses = [busy];
    const error = await failureOf(put(client, { Key: "a", Body: createReadStream(file) }));
    expect(error).toMatchObject({ code: "Service", attempts: 1 });
    expect(error.explain()).toContain("the body is a stream that was started");
    expect(started).toBe(1);
  });

  it("a stream that cannot be read fails the call, and nothing else", async () => {
    const error = await failureOf(put(client, { Key: "a", Body: createReadStream(join(folder, "missing")) }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain("ENOENT");
    expect(received).toEqual([]);
  });

  it("a stream that is shorter than was said fails the call", async () => {
    const error = await failureOf(put(client, { Key: "a", Body: Readable.from([Buffer.from("text")]), Length: 5 }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain("4 bytes");
    expect(received).toEqual([]);
  });

  it("the caller ends an upload", async () => {
    const controller = new AbortController();
    let isEnded = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from("some");
        setTimeout(() => controller.abort(), 20);
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield Buffer.from("more");
        }
      } finally {
        isEnded = true;
      }
    }
    const broken = new Promise<void>((resolve) => (onBroken = resolve));
    const call = put(client, { Key: "a", Body: endless() }, { signal: controller.signal });
    expect(await failureOf(call)).toBeInstanceOf(AbortedError);
    await broken;
    await expect.poll(() => isEnded).toBe(true);
    expect(received).toEqual([]);
  });

  /** Sends some of a body and no more. */
  const begin = (response: ServerResponse): void => void response.writeHead(200).write("some");

  it("the caller ends a download", async () => {
    responses = [begin];
    const controller = new AbortController();
    const broken = new Promise<void>((resolve) => (onBroken = resolve));
    const { Body } = await get(client, { Key: "a" }, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 20);
    const error = await failureOf(Body.text());
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.operation).toBe("Get");
    await broken;
  });

  it("the caller gives up what was not read", async () => {
    responses = [begin];
    const broken = new Promise<void>((resolve) => (onBroken = resolve));
    const { Body } = await get(client, { Key: "a" });
    Body.cancel();
    await broken;
  });

  it("a download that stalls fails", async () => {
    responses = [begin];
    const { Body } = await get(client, { Key: "a" }, { bodyTimeout: 50 });
    const error = await failureOf(Body.text());
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "body", operation: "Get", $metadata: { status: 200 } });
  });

  it("a download that breaks off fails, and is not started again", async () => {
    responses = [
      (response) => {
        begin(response);
        setTimeout(() => response.destroy(), 20);
      },
    ];
    const { Body } = await get(client, { Key: "a" });
    expect(await failureOf(Body.text())).toBeInstanceOf(ConnectionError);
    expect(started).toBe(1);
  });

  it("a deadline ends with the headers", async () => {
    responses = [
      (response) => {
        begin(response);
        setTimeout(() => response.end(" more"), 150);
      },
    ];
    const { Body } = await get(client, { Key: "a" }, { deadline: 100 });
    expect(await Body.text()).toBe("some more");
  });

  it("an error is read, and the connection serves on where that is not for fetch to decide", async () => {
    responses = [(response) => response.writeHead(404).end('{"__type":"NotThere","message":"no a"}')];
    const error = await failureOf(get(client, { Key: "a" }));
    expect(error).toBeInstanceOf(module["NotThere"]);
    expect(error.message).toBe("no a");
    await get(client, { Key: "a" });
    if (name !== "fetch") expect(received[1]?.request.socket).toBe(received[0]?.request.socket);
  });

  it("a download is retried before it is returned", async () => {
    responses = [busy, (response) => response.end("text")];
    expect(await (await get(client, { Key: "a" })).Body.text()).toBe("text");
    expect(started).toBe(2);
  });
});
