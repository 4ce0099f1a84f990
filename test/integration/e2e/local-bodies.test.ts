import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { serviceModel } from "clientsmith";
import { type LocalService, startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { StreamingBody } from "#runtime/streams/types.js";
import { sharedPath } from "../../support/shared.js";
import { exchange } from "../../conformance/support/exchange.js";

const s3 = sharedPath("models/s3-2006-03-01.json");
const cloudwatch = sharedPath("models/cloudwatch-2010-08-01.json");

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const signerOf = (service: string): SignatureV4 =>
  new SignatureV4({
    credentials: testCredentials,
    region: "eu-west-1",
    service,
    sha256: Sha256,
    uriEscapePath: service !== "s3",
    applyChecksum: false,
  });

/** The URL of a GET of the key k in the bucket b. */
async function presigned({ endpoint }: LocalService, signingDate = new Date()): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  const headers = { host: `${hostname}:${port}`, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const { path, query = {} } = await signerOf("s3").presign(
    { method: "GET", protocol: "http:", hostname, port: Number(port), path: "/b/k", headers },
    { signingDate, expiresIn: 60 },
  );
  const search = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${endpoint}${path}?${search.join("&")}`;
}

/** Signs by the official signer, and sends with nothing of ours. */
async function send(
  local: LocalService,
  service: string,
  { method = "PUT", path, query = {}, headers = {}, body = "" }: Call,
) {
  const { hostname, port } = new URL(local.endpoint);
  const signed = await signerOf(service).sign({
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path,
    query,
    headers: { host: `${hostname}:${port}`, ...headers },
    body,
  });
  const search = new URLSearchParams(query).toString();
  const target = search === "" ? path : `${path}?${search}`;
  const { status, body: given } = await exchange(local.endpoint, {
    method,
    target,
    headers: signed.headers,
    body: Buffer.from(body),
  });
  return { status, code: /<Code>(.*)<\/Code>/.exec(given.toString())?.[1], text: given.toString() };
}

describe.skipIf(!s3 || !cloudwatch)("the local service", () => {
  const start = async (file: string, handlers: object): Promise<LocalService> => {
    const { model } = await serviceModel(readFileSync(file, "utf8"));
    const local = await startLocalService({ service: model, handlers });
    onTestFinished(() => local.close());
    return local;
  };

  const startS3 = (received: unknown[] = []): Promise<LocalService> =>
    start(s3 ?? "", {
      putObject: async ({ Body }: { Body: StreamingBody }) => {
        received.push(await Body.text());
        return {};
      },
      deleteObjects: () => ({}),
      getObject: () => ({ Body: "content" }),
    });

  const trailed = (checksum: string): string => `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`;
  const trailerHeaders = {
    "content-encoding": "aws-chunked",
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-decoded-content-length": "5",
    "x-amz-trailer": "x-amz-checksum-crc32",
  };

  it.each([
    ["its hash", { "x-amz-content-sha256": sha256("hello") }, "hello"],
    ["an unsigned body", { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }, "hello"],
    [
      "a checksum",
      {
        "x-amz-content-sha256": sha256("hello"),
        "x-amz-checksum-crc32": "NhCmhg==",
        "content-md5": "XUFAKrxLKna5cZ2REBfFkg==",
      },
      "hello",
    ],
    ["a trailer", trailerHeaders, trailed("NhCmhg==")],
  ])("receives a stream with %s", async (_what, headers, body) => {
    const received: unknown[] = [];
    const local = await startS3(received);
    expect(await send(local, "s3", { path: "/b/a%20key", headers, body })).toMatchObject({ status: 200 });
    expect(received).toEqual(["hello"]);
  });

  it.each([
    ["another body than its hash", { "x-amz-content-sha256": sha256("hello!") }, "hello", "XAmzContentSHA256Mismatch"],
    [
      "a wrong checksum",
      { "x-amz-content-sha256": sha256("hello"), "x-amz-checksum-crc32": "AAAAAA==" },
      "hello",
      "BadDigest",
    ],
    [
      "a wrong MD5",
      { "x-amz-content-sha256": sha256("hello"), "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" },
      "hello",
      "BadDigest",
    ],
    ["a wrong trailer", trailerHeaders, trailed("AAAAAA=="), "BadDigest"],
    ["no trailer", trailerHeaders, "5\r\nhello\r\n0\r\n\r\n", "MalformedTrailerError"],
    ["a body that is cut off", trailerHeaders, "5\r\nhel", "IncompleteBody"],
  ])("rejects a stream with %s when the handler reads it", async (_what, headers, body, code) => {
    const received: unknown[] = [];
    const local = await startS3(received);
    expect(await send(local, "s3", { path: "/b/k", headers, body })).toMatchObject({ status: 400, code });
    expect(received).toEqual([]);
    expect(local.requests[0]).toMatchObject({ status: 400, error: code, cause: undefined });
  });

  it("rejects a buffered body with a wrong MD5, checksum or hash", async () => {
    const local = await startS3();
    const call = {
      method: "POST",
      path: "/b",
      query: { delete: "" },
      body: "<Delete><Object><Key>k</Key></Object></Delete>",
    };
    const hash = { "x-amz-content-sha256": sha256(call.body) };
    const rejected = async (headers: Record<string, string>) => (await send(local, "s3", { ...call, headers })).code;
    expect(await rejected({ ...hash, "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" })).toBe("BadDigest");
    expect(await rejected({ ...hash, "x-amz-checksum-sha256": "AAAA" })).toBe("BadDigest");
    expect(await rejected({ "x-amz-content-sha256": sha256("other") })).toBe("InvalidSignatureException");
    expect(await rejected(hash)).toBeUndefined();
  });

  it("accepts a presigned request until it expires", async () => {
    const local = await startS3();
    expect(await (await fetch(await presigned(local))).text()).toBe("content");
    const expired = await fetch(await presigned(local, new Date(Date.now() - 3_600_000)));
    expect([expired.status, await expired.text()]).toEqual([400, expect.stringContaining("Signature expired")]);
    const forged = await fetch((await presigned(local)).replace("/b/k", "/b/other"));
    expect(forged.status).toBe(400);
  });

  it("reads compressed bodies, and rejects those that are not", async () => {
    const received: unknown[] = [];
    const local = await start(cloudwatch ?? "", { putMetricData: (input: object) => (received.push(input), {}) });
    const form = "Action=PutMetricData&Version=2010-08-01&Namespace=n&MetricData.member.1.MetricName=m";
    const call = {
      method: "POST",
      path: "/",
      headers: { "content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip" },
    };
    expect(await send(local, "monitoring", { ...call, body: gzipSync(form) })).toMatchObject({ status: 200 });
    expect(received).toEqual([{ Namespace: "n", MetricData: [{ MetricName: "m" }] }]);
    expect(await send(local, "monitoring", { ...call, body: form })).toMatchObject({
      status: 400,
      code: "SerializationException",
    });
  });

  it("notifies the handler when a client stops sending", async () => {
    const failures: unknown[] = [];
    const local = await start(s3 ?? "", {
      putObject: async ({ Body }: { Body: StreamingBody }) => {
        await Body.bytes().catch((error: unknown) => failures.push(error));
        return {};
      },
    });
    const { hostname, port } = new URL(local.endpoint);
    const signed = await signerOf("s3").sign({
      method: "PUT",
      protocol: "http:",
      hostname,
      port: Number(port),
      path: "/b/k",
      headers: { host: `${hostname}:${port}`, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    });
    const sent = httpRequest({
      hostname,
      port,
      method: "PUT",
      path: "/b/k",
      headers: { ...signed.headers, "content-length": "100" },
    });
    sent.on("error", () => {});
    sent.write("half");
    await expect.poll(() => local.requests.length).toBe(1);
    sent.destroy();
    await expect.poll(() => failures.length).toBe(1);
    expect(local.requests[0]?.status).toBeUndefined();
  });

  it.each([
    ["reset", "before-headers", 0],
    ["reset", "mid-body", 4],
    ["end", "mid-body", 4],
  ] as const)("cuts a streaming response by %s %s", async (by, at, length) => {
    const { model } = await serviceModel(readFileSync(s3 ?? "", "utf8"));
    const local = await startLocalService({
      service: model,
      handlers: {
        getObject: () => ({ Body: Readable.from([Buffer.from("part"), Buffer.from("rest")]), ContentLength: 8 }),
      } as object,
      faults: () => ({ cut: { at, by } }),
    });
    onTestFinished(() => local.close());
    const parts: Buffer[] = [];
    const failed = (async () => {
      const response = await fetch(await presigned(local));
      for await (const part of response.body ?? []) parts.push(Buffer.from(part));
    })();
    await expect(failed).rejects.toThrow();
    expect(Buffer.concat(parts)).toHaveLength(length);
  });

  it("resets the connection if the stream of a handler fails, and reports the error", async () => {
    const errors: unknown[] = [];
    const broken = new Error("broken");
    const { model } = await serviceModel(readFileSync(s3 ?? "", "utf8"));
    const local = await startLocalService({
      service: model,
      handlers: {
        getObject: () => ({
          Body: (async function* () {
            yield await Promise.resolve(Buffer.from("part"));
            throw broken;
          })(),
        }),
      } as object,
      onError: (error) => errors.push(error),
    });
    onTestFinished(() => local.close());
    await expect(fetch(await presigned(local)).then((response) => response.text())).rejects.toThrow();
    expect([errors, local.requests[0]?.cause]).toEqual([[broken], broken]);
  });
});
