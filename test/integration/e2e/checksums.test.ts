import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { StreamingBody } from "#runtime/streams/types.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/index.js";
import type { Transport } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input: object) => Promise<{ readonly Body: StreamingBody }>;

const { module } = await generateClient(join(root, "test/fixtures/s3/model.json"));
const S3Client = module["S3Client"] as new (options: object) => object;
const putObject = module["putObject"] as Call;
const getObject = module["getObject"] as Call;
const settings = {
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  maxAttempts: 2,
};
const place = { Bucket: "pond", Key: "a" };
const wrong = "AAAAAA==";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function start(
  headers: Record<string, string> = {},
  body = "hello",
): Promise<{ endpoint: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(200, headers).end(request.method === "GET" ? body : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const checksumsOf = ({ headers }: Received): string[] =>
  Object.keys(headers)
    .filter((name) => /checksum|trailer|content-md5|decoded/.test(name))
    .toSorted();

const variables = ["AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION", "AWS_CONFIG_FILE"];
afterEach(() => {
  for (const name of variables) delete process.env[name];
});

describe("requestChecksumCalculation", () => {
  it("sends a checksum where the operation supports one, by default", async () => {
    const { endpoint, received } = await start();
    const client = new S3Client({ ...settings, endpoint });
    await putObject(client, { ...place, Body: "hello" });
    await putObject(client, { ...place, Body: Readable.from([Buffer.from("hello")]), ContentLength: 5 });
    expect(received.map(checksumsOf)).toEqual([
      ["x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm"],
      ["x-amz-decoded-content-length", "x-amz-sdk-checksum-algorithm", "x-amz-trailer"],
    ]);
  });

  it("WHEN_REQUIRED sends bodies as they are, streams too", async () => {
    const { endpoint, received } = await start();
    const client = new S3Client({ ...settings, endpoint, requestChecksumCalculation: "WHEN_REQUIRED" });
    await putObject(client, { ...place, Body: "hello" });
    await putObject(client, {
      ...place,
      Body: Readable.from([Buffer.from("hel"), Buffer.from("lo")]),
      ContentLength: 5,
    });
    expect(received.map(checksumsOf)).toEqual([[], []]);
    expect(received.map(({ body, headers }) => [body, headers["content-length"]])).toEqual([
      ["hello", "5"],
      ["hello", "5"],
    ]);
    expect(received[1]?.headers).toMatchObject({ "x-amz-content-sha256": "UNSIGNED-PAYLOAD" });
  });

  it("WHEN_REQUIRED still sends what the input requests", async () => {
    const { endpoint, received } = await start();
    const client = new S3Client({ ...settings, endpoint, requestChecksumCalculation: "WHEN_REQUIRED" });
    await putObject(client, { ...place, Body: "hello", ChecksumAlgorithm: "SHA256" });
    expect(received[0]?.headers["x-amz-checksum-sha256"]).toBe(createHash("sha256").update("hello").digest("base64"));
  });

  it("is read from the environment and the profile, in any case", async () => {
    const { endpoint, received } = await start();
    process.env["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required";
    await putObject(new S3Client({ ...settings, endpoint }), { ...place, Body: "hello" });
    delete process.env["AWS_REQUEST_CHECKSUM_CALCULATION"];
    const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "config"), "[default]\nrequest_checksum_calculation = WHEN_REQUIRED\n");
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    await putObject(new S3Client({ ...settings, endpoint }), { ...place, Body: "hello" });
    expect(received.map(checksumsOf)).toEqual([[], []]);
  });

  it("of another value is an error that names what it can be", async () => {
    process.env["AWS_REQUEST_CHECKSUM_CALCULATION"] = "NEVER";
    const client = new S3Client({ ...settings, endpoint: "http://127.0.0.1:1" });
    await expect(putObject(client, { ...place, Body: "hello" })).rejects.toMatchObject({
      code: "Configuration",
      message: 'AWS_REQUEST_CHECKSUM_CALCULATION must be WHEN_SUPPORTED or WHEN_REQUIRED, but is "NEVER"',
    });
  });

  it("sends nothing beside the caller's own MD5", async () => {
    const { endpoint, received } = await start();
    const client = new S3Client({ ...settings, endpoint });
    const ContentMD5 = createHash("md5").update("hello").digest("base64");
    await putObject(client, { ...place, Body: "hello", ContentMD5 });
    await putObject(client, { ...place, Body: Readable.from([Buffer.from("hello")]), ContentLength: 5, ContentMD5 });
    await putObject(client, { ...place, Body: "hello", ContentMD5, ChecksumAlgorithm: "SHA1" });
    expect(received.map(checksumsOf)).toEqual([
      ["content-md5"],
      ["content-md5"],
      ["content-md5", "x-amz-checksum-sha1", "x-amz-sdk-checksum-algorithm"],
    ]);
    expect(received.map(({ body }) => body)).toEqual(["hello", "hello", "hello"]);
  });
});

const transports: readonly (readonly [string, () => Transport])[] = [
  ["node:http", () => createNodeHttpTransport()],
  ["undici", () => createUndiciTransport()],
  ["fetch", () => createFetchTransport()],
];

describe.each(transports)("responseChecksumValidation over %s", (_name, create) => {
  const digests: Readonly<Record<string, string>> = {
    crc32: "NhCmhg==",
    crc32c: "mnG7TA==",
    sha1: createHash("sha1").update("hello").digest("base64"),
    sha256: createHash("sha256").update("hello").digest("base64"),
  };

  async function read(headers: Record<string, string>, options: object = {}, input: object = {}) {
    const { endpoint, received } = await start(headers);
    const transport = create();
    onTestFinished(() => transport.close());
    const { Body } = await getObject(new S3Client({ ...settings, endpoint, transport, ...options }), {
      ...place,
      ...input,
    });
    return { mode: received[0]?.headers["x-amz-checksum-mode"], text: () => Body.text(), body: Body, received };
  }

  it.each(Object.keys(digests))("requests checksums and accepts a body with the right one: %s", async (algorithm) => {
    const { mode, text } = await read({ [`x-amz-checksum-${algorithm}`]: digests[algorithm] ?? "" });
    expect([mode, await text()]).toEqual(["ENABLED", "hello"]);
  });

  it("fails at the end of a body with another one, and does not repeat the call", async () => {
    const { text, received } = await read({ "x-amz-checksum-crc32": wrong });
    await expect(text()).rejects.toMatchObject({
      code: "UnexpectedResponse",
      operation: "GetObject",
      message: expect.stringContaining("another CRC32 checksum than x-amz-checksum-crc32 of the response") as string,
    });
    expect(received).toHaveLength(1);
  });

  it("returns the parts of the body before it fails", async () => {
    const { body } = await read({ "x-amz-checksum-sha256": wrong });
    const parts: Uint8Array[] = [];
    const reading = (async () => {
      for await (const part of body) parts.push(part);
    })();
    await expect(reading).rejects.toMatchObject({ code: "UnexpectedResponse" });
    expect(Buffer.concat(parts).toString()).toBe("hello");
  });

  it("does not judge a checksum of checksums, nor a body without one", async () => {
    expect(await (await read({ "x-amz-checksum-crc32": `${wrong}-3` })).text()).toBe("hello");
    expect(await (await read({})).text()).toBe("hello");
  });

  it("WHEN_REQUIRED requests none, unless the input does", async () => {
    const options = { responseChecksumValidation: "WHEN_REQUIRED" };
    const { mode, text } = await read({ "x-amz-checksum-crc32": wrong }, options);
    expect([mode, await text()]).toEqual([undefined, "hello"]);
    const asked = await read({ "x-amz-checksum-crc32": wrong }, options, { ChecksumMode: "ENABLED" });
    await expect(asked.text()).rejects.toMatchObject({ code: "UnexpectedResponse" });
  });

  it("leaves a cancelled body alone", async () => {
    const { body } = await read({ "x-amz-checksum-crc32": wrong });
    body.cancel();
    await expect(body.text()).rejects.toThrow("cancelled before");
  });
});
