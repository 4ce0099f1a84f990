import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StreamingBody } from "#runtime/streams/types.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { type Caller, settings } from "./support/calls.js";
import { callerOf } from "./support/ours.js";
import { loadV3 } from "./support/v3.js";

const file = sharedPath("models/s3-2006-03-01.json");
const isInstalled = await peersInstalled();

/** What differs from one request to the next, or is a client's own business. */
const ownHeaders = /^(authorization|user-agent|amz-sdk-.*|x-amz-(user-agent|date))$/;

const folder = mkdtempSync(join(tmpdir(), "s3-streams-"));
const path = join(folder, "file");
writeFileSync(path, "of a file");
afterAll(() => rmSync(folder, { recursive: true }));

async function textOf(body: unknown): Promise<string> {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const parts: Uint8Array[] = [];
  for await (const part of body as AsyncIterable<Uint8Array | string>) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

async function asked({ method, path: at, query, headers, body, stream }: HttpRequest): Promise<object> {
  const given = Object.entries(headers).filter(([name, value]) => !ownHeaders.test(name) && value !== undefined);
  const parameters = query.split("&").toSorted();
  return { method, path: at, parameters, headers: Object.fromEntries(given), body: await textOf(stream ?? body) };
}

describe.skipIf(file === undefined || !isInstalled)("streaming bodies of S3, beside the official client", () => {
  let module: ClientModule;
  let ours: Caller;
  let v3: Caller;
  beforeAll(async () => {
    [{ module }, v3] = await Promise.all([generateClient(file ?? ""), loadV3("@aws-sdk/client-s3", "S3Client")]);
    ours = callerOf(module, "S3Client");
  }, 120_000);

  const bothAsk = async (operation: string, input: () => object): Promise<[Asked, Asked]> => {
    const [sent, sent3] = await Promise.all([ours(operation, input()), v3(operation, input())]);
    return (await Promise.all([asked(sent.request), asked(sent3.request)])) as [Asked, Asked];
  };

  const object = { Bucket: "bucket-1", Key: "a/b c" };
  const part = { ...object, UploadId: "u", PartNumber: 1 };

  it.each<[string, object]>([
    ["text", { Body: "text" }],
    ["bytes", { Body: Buffer.from("text") }],
    ["text of several bytes a character", { Body: "täxt" }],
    ["nothing", {}],
  ])("sends the same of %s", async (_name, body) => {
    for (const [operation, input] of [
      ["PutObject", object],
      ["UploadPart", part],
    ] as const) {
      const [ask, ask3] = await bothAsk(operation, () => ({ ...input, ...body }));
      // Of what is there as a whole, the transport counts the bytes here.
      const { "content-length": _, "content-type": type, ...headers } = ask3.headers;
      // The type of a body that is not there says nothing.
      const typed = ask3.body === "" ? headers : { ...headers, "content-type": type };
      expect(ask).toEqual({ ...ask3, headers: typed });
    }
  });

  it.each<[string, () => object]>([
    [
      "a stream whose length is reported",
      () => ({ Body: Readable.from([Buffer.from("te"), Buffer.from("xt")]), ContentLength: 4 }),
    ],
    ["a stream of unknown length", () => ({ Body: Readable.from([Buffer.from("text")]) })],
    ["a stream that reads a file", () => ({ Body: createReadStream(path) })],
    [
      "a checksum by another algorithm",
      () => ({ Body: Readable.from([Buffer.from("text")]), ContentLength: 4, ChecksumAlgorithm: "SHA256" }),
    ],
    [
      "an encoding of the caller's",
      () => ({ Body: Readable.from([Buffer.from("text")]), ContentLength: 4, ContentEncoding: "gzip" }),
    ],
  ])("sends the same of %s, and reports how long it is with its frames where that is known", async (_name, body) => {
    const [ask, ask3] = await bothAsk("PutObject", () => ({ ...object, ...body() }));
    const { "transfer-encoding": _, ...headers3 } = ask3.headers;
    const { "content-length": length, ...headers } = ask.headers;
    expect(headers).toEqual(headers3);
    const decoded = headers["x-amz-decoded-content-length"];
    expect(length).toBe(decoded === undefined ? undefined : String(Buffer.byteLength(ask.body)));
    // Parts are put together to chunks that the service takes.
    expect(unframed(ask.body)).toEqual(unframed(ask3.body));
  });

  it("sends the same of a stream with a checksum of the caller's", async () => {
    const [ask, ask3] = await bothAsk("PutObject", () => ({
      ...object,
      Body: Readable.from([Buffer.from("text")]),
      ContentLength: 4,
      ChecksumCRC32: "O4unxw==",
    }));
    expect(ask).toEqual(ask3);
  });

  it("sends a Blob, as which the official client fails, like a stream of its length", async () => {
    const blob = await ours("PutObject", { ...object, Body: new Blob(["text"]) });
    const stream = await ours("PutObject", { ...object, Body: Readable.from(["text"]), ContentLength: 4 });
    expect(await asked(blob.request)).toEqual(await asked(stream.request));
    await expect(v3("PutObject", { ...object, Body: new Blob(["text"]) })).rejects.toThrow("Unable to calculate hash");
  });

  it("returns the same body, in each way to read it", async () => {
    const peerModule = await peer("@aws-sdk/client-s3");
    const S3Client = peerModule["S3Client"] as new (options: object) => { send(command: object): Promise<Got3> };
    const GetObjectCommand = peerModule["GetObjectCommand"] as new (input: object) => object;
    const headers = { "content-length": "4", "content-type": "text/plain", etag: '"tag"', "x-amz-meta-a": "1" };
    const client3 = new S3Client({
      ...settings,
      requestHandler: {
        handle: () =>
          Promise.resolve({ response: { statusCode: 200, headers, body: Readable.from([Buffer.from("text")]) } }),
      },
    });
    const get3 = (): Promise<Got3> => client3.send(new GetObjectCommand(object));
    const get = async (): Promise<Got> =>
      (await ours("GetObject", object, { status: 200, headers, body: "text" })).output as unknown as Got;
    const [{ Body: _, $metadata: _own, ...members }, { Body: _3, $metadata: _own3, ...members3 }] = [
      await get(),
      await get3(),
    ];
    expect(members).toMatchObject(members3);
    expect(await (await get()).Body.text()).toBe(await (await get3()).Body.transformToString());
    expect(await (await get()).Body.bytes()).toEqual(await (await get3()).Body.transformToByteArray());
    expect(await textOf((await get()).Body)).toBe(await textOf((await get3()).Body));
    expect(await textOf((await get()).Body.stream())).toBe(await textOf((await get3()).Body.transformToWebStream()));
  });
});

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Got {
  readonly Body: StreamingBody;
  readonly $metadata: object;
}

interface Got3 {
  readonly Body: AsyncIterable<Uint8Array> & {
    transformToString(): Promise<string>;
    transformToByteArray(): Promise<Uint8Array>;
    transformToWebStream(): ReadableStream<Uint8Array>;
  };
  readonly $metadata: object;
}

/** The bytes in the frames, and what comes after them. */
function unframed(framed: string): object {
  const frames = framed.split("\r\n");
  const end = frames.indexOf("0");
  return {
    body: frames
      .slice(0, end)
      .filter((_, index) => index % 2 === 1)
      .join(""),
    trailer: frames.slice(end),
  };
}
