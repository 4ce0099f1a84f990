import { channel } from "node:diagnostics_channel";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/index.js";
import type { Transport } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input: object) => Promise<object>;

const { module } = await generateClient(join(root, "test/fixtures/s3/model.json"));
const S3Client = module["S3Client"] as new (options: object) => object;
const listParts = module["listParts"] as Call;
const headObject = module["headObject"] as Call;
const createBucket = module["createBucket"] as Call;
const copyObject = module["copyObject"] as Call;
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const settings = { region: "eu-west-1", credentials };
const validate = module["validateListPartsInput"] as (value: object) => object[];

async function start(
  headers: Record<string, string> = {},
): Promise<{ readonly endpoint: string; readonly paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : "<ListPartsOutput/>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

describe("a key", () => {
  const keys = ["a/../b", "./x", "../x", "a/.", "a/..", ".."];

  it.each(keys)("that fetch would change is rejected before it is sent: %s", async (Key) => {
    const { endpoint, paths } = await start();
    const client = new S3Client({ ...settings, endpoint, transport: createFetchTransport() });
    await expect(listParts(client, { Bucket: "pond", Key })).rejects.toMatchObject({
      code: "Connection",
      message: expect.stringMatching(/was not sent: fetch changes its path.*createNodeHttpTransport/) as string,
    });
    expect(paths).toEqual([]);
  });

  it.each<[string, () => Transport]>([
    ["node:http", () => createNodeHttpTransport()],
    ["undici", () => createUndiciTransport()],
  ])("is sent over %s as it is", async (_name, create) => {
    const { endpoint, paths } = await start();
    const transport = create();
    onTestFinished(() => transport.close());
    const client = new S3Client({ ...settings, endpoint, transport });
    for (const Key of keys) await listParts(client, { Bucket: "pond", Key });
    expect(paths).toEqual(keys.map((key) => `/pond/${key}?parts`));
  });

  it("is sent over fetch if it has no dots", async () => {
    const { endpoint, paths } = await start();
    const client = new S3Client({ ...settings, endpoint, transport: createFetchTransport() });
    for (const Key of ["a b/é+%/..c/.d'", "a//b", "%2e%2e/x"]) await listParts(client, { Bucket: "pond", Key });
    expect(paths).toEqual(["/pond/a%20b/%C3%A9%2B%25/..c/.d%27?parts", "/pond/a//b?parts", "/pond/%252e%252e/x?parts"]);
  });

  it("with half of a surrogate pair is an error that names the member", async () => {
    const { transport, sent } = keepRequests();
    const client = new S3Client({ ...settings, transport });
    await expect(listParts(client, { Bucket: "pond", Key: "a\ud800" })).rejects.toMatchObject({
      code: "Validation",
      issues: [{ path: ["Key"], message: expect.stringContaining("surrogate pair") as string }],
    });
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1", Location: { Name: "\udc00" } };
    await expect(createBucket(client, { Bucket: "pond", CreateBucketConfiguration })).rejects.toMatchObject({
      issues: [{ path: ["CreateBucketConfiguration", "Location", "Name"] }],
    });
    expect(sent).toEqual([]);
  });

  it("beyond ASCII in CopySource is to be encoded as in a URI", async () => {
    const client = new S3Client({ ...settings, transport: keepRequests().transport });
    await expect(copyObject(client, { Bucket: "pond", Key: "a", CopySource: "pond/é" })).rejects.toMatchObject({
      issues: [{ path: ["CopySource"], message: expect.stringContaining("encodeURI") as string }],
    });
  });

  it("that is empty fails the validator and the call alike", async () => {
    const issue = { path: ["Key"], rule: "length", message: expect.stringContaining("must not be empty") as string };
    expect(validate({ Bucket: "pond", Key: "" })).toEqual([issue]);
    for (const validation of [true, false]) {
      const client = new S3Client({ ...settings, validation, transport: keepRequests().transport });
      await expect(listParts(client, { Bucket: "pond", Key: "" })).rejects.toMatchObject({ issues: [issue] });
    }
  });
});

it("an example with an empty path label is left out of the documentation", async () => {
  const text = readFileSync(join(root, "test/fixtures/s3/model.json"), "utf8");
  const model = JSON.parse(text) as { shapes: Record<string, { traits: Record<string, unknown> }> };
  const examples = [
    { title: "Without a key", input: { Bucket: "pond", Key: "" } },
    { title: "With a key", input: { Bucket: "pond", Key: "a" } },
  ];
  const listing = model.shapes["com.example.objects#ListParts"];
  if (listing) listing.traits["smithy.api#examples"] = examples;
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "model.json"), JSON.stringify(model));
  const generated = await generateClient(join(folder, "model.json"));
  const source = readFileSync(join(generated.folder, "src/operations/listParts.ts"), "utf8");
  expect(source).toContain('Key: "a"');
  expect(source).not.toContain('Key: ""');
});

describe("a header that is not as modelled", () => {
  it("is absent, and a warning names it; the rest is there", async () => {
    const { endpoint } = await start({ "last-modified": "Thu 1 Dec", "content-length": "5" });
    const messages: unknown[] = [];
    const listen = (message: unknown): void => void messages.push(message);
    channel("clientsmith:warning").subscribe(listen);
    onTestFinished(() => void channel("clientsmith:warning").unsubscribe(listen));
    const output = await headObject(new S3Client({ ...settings, endpoint }), { Bucket: "pond", Key: "a" });
    expect(output).toMatchObject({ ContentLength: 5 });
    expect(output).not.toHaveProperty("LastModified");
    expect(messages).toEqual([
      { message: expect.stringContaining("HeadObjectOutput.LastModified (header last-modified)") as string },
    ]);
  });
});

it("an endpoint that rules put a name before reports why an IP address does not do", async () => {
  const { parseEndpointUrl } = await import("#runtime/endpoints/url.js");
  for (const url of ["https://123456789012.127.0.0.1:8000", "http://123456789012.[::1]/a"]) {
    expect(() => parseEndpointUrl(url)).toThrow("without a name before an IP address");
  }
  expect(parseEndpointUrl("http://127.0.0.1:8000").host).toBe("127.0.0.1:8000");
});
