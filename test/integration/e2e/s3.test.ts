import { randomBytes } from "node:crypto";
import { createReadStream, mkdtempSync, openAsBlob, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { presign } from "@clientsmith/runtime/presign";
import { presignPost } from "@clientsmith/runtime/presign/post";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StreamingBody } from "#runtime/streams/types.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/index.js";
import type { Transport } from "#runtime/schema/http.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { type S3Server, startS3 } from "./support/s3/server.js";

const model = sharedPath("models/s3-2006-03-01.json");
const isInstalled = await peersInstalled();

interface Client {
  close(): Promise<void>;
}
type Output = Readonly<Record<string, unknown>> & { readonly Body: StreamingBody };
type Call = (client: Client, input: object, options?: object) => Promise<Output>;

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const bucket = "pond";
const content = randomBytes(300_000);
const folder = mkdtempSync(join(tmpdir(), "clientsmith-s3-"));
const file = join(folder, "file");

const transports: readonly (readonly [string, () => Transport])[] = [
  ["node:http", () => createNodeHttpTransport()],
  ["undici", () => createUndiciTransport()],
  ["fetch", () => createFetchTransport()],
];

describe.skipIf(!model)("S3 as people use it", () => {
  let module: ClientModule;
  let server: S3Server;
  beforeAll(async () => {
    writeFileSync(file, content);
    ({ module } = await generateClient(model ?? ""));
    server = await startS3(keys);
  }, 120_000);
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const call = (name: string): Call => module[name] as Call;
  const operation = (name: string): Parameters<typeof presign>[1] =>
    module[`${name}$`] as Parameters<typeof presign>[1];
  const clientOf = (options: object = {}): Client & Parameters<typeof presign>[0] => {
    const S3Client = module["S3Client"] as new (options: object) => Client & Parameters<typeof presign>[0];
    const { endpoint } = server;
    return new S3Client({ region: "eu-west-1", credentials: keys, endpoint, forcePathStyle: true, ...options });
  };

  describe.each(transports)("over %s", (name, create) => {
    let client: Client & Parameters<typeof presign>[0];
    let transport: Transport;
    beforeAll(() => {
      transport = create();
      client = clientOf({ transport });
    });
    afterAll(() => transport.close());

    it.each<[string, () => unknown, object]>([
      ["text", () => "text ü", {}],
      ["bytes", () => content, {}],
      ["a Blob", () => new Blob([content]), {}],
      ["a file", () => openAsBlob(file), {}],
      ["a stream of a file", () => createReadStream(file), {}],
      ["a stream with a length", () => Readable.from([content]), { ContentLength: content.length }],
      ["a web stream with a length", () => new Blob([content]).stream(), { ContentLength: content.length }],
      ["a generator with a length", () => inParts(content), { ContentLength: content.length }],
      ["an empty Blob", () => new Blob([]), {}],
    ])("an object of %s goes there and comes back, checked both ways", async (what, source, more) => {
      const Key = `${name}/${what} +ü`;
      const Body = await source();
      await call("putObject")(client, { Bucket: bucket, Key, Body, ...more });
      const { Body: body } = await call("getObject")(client, { Bucket: bucket, Key });
      const expected = what === "text" ? Buffer.from("text ü") : what === "an empty Blob" ? Buffer.alloc(0) : content;
      expect(Buffer.compare(await body.bytes(), expected)).toBe(0);
    });

    it("a stream of unknown length is rejected, as S3 does", async () => {
      const input = { Bucket: bucket, Key: "a", Body: Readable.from([content]) };
      await expect(call("putObject")(client, input)).rejects.toMatchObject({
        code: "Service",
        name: "MissingContentLength",
        status: 411,
      });
    });

    it("ranges, lists in pages, deletes", async () => {
      const prefix = `list/${name}/`;
      const names = Array.from({ length: 7 }, (_, index) => `${prefix}${index} &<`);
      await Promise.all(names.map((Key) => call("putObject")(client, { Bucket: bucket, Key, Body: Key })));
      const { Body } = await call("getObject")(client, { Bucket: bucket, Key: names[0], Range: "bytes=2-5" });
      expect(await Body.text()).toBe((names[0] ?? "").slice(2, 6));
      const pages = (module["paginateListObjectsV2"] as (client: object, input: object) => AsyncIterable<Output>)(
        client,
        {
          Bucket: bucket,
          Prefix: prefix,
          MaxKeys: 3,
        },
      );
      const sizes: number[] = [];
      const listed: unknown[] = [];
      for await (const page of pages) {
        const contents = (page["Contents"] ?? []) as { readonly Key: string }[];
        sizes.push(contents.length);
        listed.push(...contents.map(({ Key }) => Key));
      }
      expect([sizes, listed]).toEqual([[3, 3, 1], names]);
      await call("deleteObject")(client, { Bucket: bucket, Key: names[0] });
      await call("deleteObjects")(client, { Bucket: bucket, Delete: { Objects: [{ Key: `${prefix}none` }] } });
      await expect(call("getObject")(client, { Bucket: bucket, Key: names[0] })).rejects.toMatchObject({
        name: "NoSuchKey",
      });
    });

    it("uploads in parts, whose composite checksum is left alone", async () => {
      const place = { Bucket: bucket, Key: `parts/${name}` };
      const { UploadId } = await call("createMultipartUpload")(client, place);
      const sources = [content, Readable.from([content]), new Blob([content])];
      const parts = await Promise.all(
        sources.map(async (Body, index) => {
          const input = { ...place, UploadId, PartNumber: index + 1, Body, ContentLength: content.length };
          return { ETag: (await call("uploadPart")(client, input))["ETag"], PartNumber: index + 1 };
        }),
      );
      await call("completeMultipartUpload")(client, { ...place, UploadId, MultipartUpload: { Parts: parts } });
      const { Body, ChecksumCRC32 } = await call("getObject")(client, place);
      expect(ChecksumCRC32).toMatch(/-3$/);
      expect(Buffer.compare(await Body.bytes(), Buffer.concat([content, content, content]))).toBe(0);
    });

    it("fails at the end of an object that was changed on the way", async () => {
      const place = { Bucket: bucket, Key: `changed/${name}` };
      await call("putObject")(client, { ...place, Body: "text" });
      const stored = server.store.objects.get(`${bucket}/${place.Key}`);
      server.store.objects.set(`${bucket}/${place.Key}`, {
        body: Buffer.from("tent"),
        size: 4,
        checksum: stored?.checksum ?? "",
      });
      const { Body } = await call("getObject")(client, place);
      await expect(Body.text()).rejects.toMatchObject({ code: "UnexpectedResponse", operation: "GetObject" });
    });
  });

  it("is signed so that the official signer agrees, whatever the form", async () => {
    const client = clientOf({ credentials: { ...keys, secretAccessKey: "another" } });
    const place = { Bucket: bucket, Key: "a" };
    await expect(call("headObject")(client, place)).rejects.toMatchObject({ status: 403 });
    const { url } = await presign(client, operation("getObject"), place);
    expect((await fetch(url)).status).toBe(403);
  });

  describe("presigned", () => {
    it("PUT and GET by URL alone, with everything that the input states", async () => {
      const client = clientOf();
      const Key = "presigned/a b+ü&=";
      const put = await presign(
        client,
        operation("putObject"),
        { Bucket: bucket, Key, Metadata: { a: "b c" } },
        { expiresIn: 60 },
      );
      expect(put.headers).toEqual({});
      expect((await fetch(put.url, { method: put.method, body: new Uint8Array(content) })).status).toBe(200);
      const got = await presign(client, operation("getObject"), { Bucket: bucket, Key }, { expiresIn: 60 });
      expect(Buffer.compare(Buffer.from(await (await fetch(got.url)).arrayBuffer()), content)).toBe(0);
      expect(server.accepted.slice(-2).map(({ signed, method }) => [signed, method])).toEqual([
        ["query", "PUT"],
        ["query", "GET"],
      ]);
      const removed = await presign(client, operation("deleteObject"), { Bucket: bucket, Key });
      expect((await fetch(removed.url, { method: removed.method })).status).toBe(204);
    });

    it("with headers, which the sender has to send", async () => {
      const input = { Bucket: bucket, Key: "b", ContentType: "image/png", ServerSideEncryption: "AES256" };
      const { url, method, headers } = await presign(clientOf(), operation("putObject"), input);
      expect(headers).toEqual({ "content-type": "image/png", "x-amz-server-side-encryption": "AES256" });
      const body = "picture";
      expect((await fetch(url, { method, headers: { ...headers }, body })).status).toBe(200);
      expect((await fetch(url, { method, headers: { ...headers, "content-type": "text/html" }, body })).status).toBe(
        403,
      );
      expect((await fetch(url, { method, headers: { ...headers, "x-amz-acl": "public-read" }, body })).status).toBe(
        403,
      );
    });

    it("for one body: the checksum of another one does not match", async () => {
      const { url, method, headers } = await presign(clientOf(), operation("putObject"), {
        Bucket: bucket,
        Key: "c",
        Body: "this",
      });
      const send = (body: string): Promise<Response> => fetch(url, { method, headers: { ...headers }, body });
      expect([(await send("that")).status, (await send("this")).status]).toEqual([400, 200]);
    });

    it("expires", async () => {
      const client = clientOf({ systemClockOffset: -61_000 });
      const { url } = await presign(client, operation("getObject"), { Bucket: bucket, Key: "a" }, { expiresIn: 60 });
      const response = await fetch(url);
      expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
    });

    it("deletes of several objects, with the body that they need", async () => {
      server.store.objects.set(`${bucket}/gone`, { body: Buffer.alloc(0), size: 0, checksum: "" });
      const input = { Bucket: bucket, Delete: { Objects: [{ Key: "gone" }] } };
      const { url, method, headers, body } = await presign(clientOf(), operation("deleteObjects"), input);
      expect((await fetch(url, { method, headers: { ...headers }, body: String(body) })).status).toBe(200);
      expect(server.store.objects.has(`${bucket}/gone`)).toBe(false);
    });
  });

  describe("a form", () => {
    const send = async (url: string, fields: Readonly<Record<string, string>>, text = "picture"): Promise<Response> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append("file", new Blob([text]), "cat.png");
      return fetch(url, { method: "POST", body: form });
    };

    it("uploads what its policy allows", async () => {
      const input = {
        Bucket: bucket,
        Key: "user/${filename}",
        ContentType: "image/png",
        ACL: "private",
        Metadata: { a: "b" },
      };
      const { url, fields } = await presignPost(clientOf(), operation("putObject"), input, {
        expiresIn: 60,
        conditions: [["content-length-range", 1, 10]],
        fields: { success_action_status: "201" },
      });
      expect(fields).toMatchObject({ acl: "private", "Content-Type": "image/png", "x-amz-meta-a": "b" });
      expect((await send(url, fields)).status).toBe(201);
      expect(server.store.objects.get(`${bucket}/user/cat.png`)?.body.toString()).toBe("picture");
      expect(server.accepted.at(-1)?.signed).toBe("form");

      for (const [changed, text] of [
        [{ ...fields, acl: "public-read" }, "picture"],
        [{ ...fields, key: "other/cat.png" }, "picture"],
        [{ ...fields, "x-amz-meta-b": "c" }, "picture"],
        [
          {
            ...fields,
            Policy: Buffer.from('{"expiration":"2999-01-01T00:00:00Z","conditions":[]}').toString("base64"),
          },
          "",
        ],
        [fields, "a picture that is too large"],
      ] as const) {
        expect((await send(url, changed, text)).status).toBe(403);
      }
    });

    it("expires", async () => {
      const client = clientOf({ systemClockOffset: -61_000 });
      const made = await presignPost(client, operation("putObject"), { Bucket: bucket, Key: "a" }, { expiresIn: 60 });
      expect(await (await send(made.url, made.fields)).text()).toContain("Policy expired");
    });
  });

  describe("64 MiB", () => {
    const size = 64 * 2 ** 20;
    const limit = size / 2;
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;

    /** Bytes in use, without garbage. */
    const inUse = (): number => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };

    it.each(transports)("both ways at flat memory over %s", async (name, create) => {
      const transport = create();
      const client = clientOf({ transport });
      const block = Buffer.alloc(65_536);
      let [peak, moved] = [0, 0];
      const note = (bytes: number): void => {
        if (moved % 2 ** 23 > (moved + bytes) % 2 ** 23) peak = Math.max(peak, inUse());
        moved += bytes;
      };
      async function* blocks(): AsyncGenerator<Uint8Array> {
        for (let sent = 0; sent < size; sent += block.length) {
          note(block.length);
          yield await Promise.resolve(block);
        }
      }
      const start = inUse();
      await call("putObject")(client, { Bucket: bucket, Key: "sink/a", Body: blocks(), ContentLength: size });
      expect(server.store.objects.get(`${bucket}/sink/a`)?.size).toBe(size);
      const { Body } = await call("getObject")(client, { Bucket: bucket, Key: `zeros/${size}` });
      for await (const part of Body) note(part.byteLength);
      expect([name, moved]).toEqual([name, 2 * size]);
      // The server is in the same process.
      expect(peak - start).toBeLessThan(limit);
      await transport.close();
    });
  });

  it.skipIf(!isInstalled)("is a server that the official clients can use, too", async () => {
    const v3 = await peer("@aws-sdk/client-s3");
    const { getSignedUrl } = (await peer("@aws-sdk/s3-request-presigner")) as Record<
      string,
      (...given: unknown[]) => Promise<string>
    >;
    type Official = new (input: object) => { send(command: object): Promise<Record<string, unknown>> };
    const of = (name: string, input: object): ReturnType<Official["prototype"]["valueOf"]> =>
      new (v3[name] as Official)(input);
    const client = of("S3Client", {
      region: "eu-west-1",
      credentials: keys,
      endpoint: server.endpoint,
      forcePathStyle: true,
    }) as InstanceType<Official>;
    const place = { Bucket: bucket, Key: "official/a b" };
    await client.send(of("PutObjectCommand", { ...place, Body: createReadStream(file) }));
    const { Body } = (await client.send(of("GetObjectCommand", place))) as {
      Body: { transformToByteArray(): Promise<Uint8Array> };
    };
    expect(Buffer.compare(await Body.transformToByteArray(), content)).toBe(0);
    const url = await getSignedUrl?.(client, of("GetObjectCommand", place));
    expect((await fetch(url ?? "")).status).toBe(200);
  });
});

async function* inParts(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 1000)
    yield await Promise.resolve(bytes.subarray(start, start + 1000));
}
