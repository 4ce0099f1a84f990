import { readFileSync } from "node:fs";
import { Service } from "@clientsmith/runtime/classic";
import { type PresignedPost, presigning } from "@clientsmith/runtime/classic/presign";
import { serviceModel } from "clientsmith";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as fc from "../../support/fast-check.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";

const file = sharedPath("models/s3-2006-03-01.json");
const isReady = file !== undefined && (await peersInstalled());
if (!isReady) console.log("skipped: presigned URLs beside aws-sdk 2 (no model, or no peers)");

type Callback<Value> = (error: ErrorLike | null, value: Value) => void;

interface ErrorLike extends Error {
  readonly code: string;
}

interface S3 {
  getSignedUrl(operation: string, params: object): string;
  getSignedUrl(operation: string, params: object, callback: Callback<string>): void;
  getSignedUrlPromise(operation: string, params: object): Promise<string>;
  createPresignedPost(params: object): PresignedPost;
  createPresignedPost(params: object, callback: Callback<PresignedPost>): void;
}
type S3Class = new (options: object) => S3;

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const settings = { ...keys, region: "eu-west-1", signatureVersion: "v4" };

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const token = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/);
const place = {
  Bucket: fc.constantFrom("pond", "bucket-1", "with.dots"),
  Key: fc.oneof(token, fc.constantFrom("a b+c/d", "ü/€/𝄞", "a?b#c%20&=", "!'()*~", "a/b/c.txt")),
};
const expires = { Expires: optional(fc.integer({ min: 1, max: 604_800 })) };

const inputs: Readonly<Record<string, fc.Arbitrary<object>>> = {
  getObject: fc.record({
    ...place,
    ...expires,
    VersionId: optional(token),
    ResponseContentDisposition: optional(fc.constantFrom('attachment; filename="a b.txt"', "inline")),
    Range: optional(fc.constant("bytes=0-9")),
    IfNoneMatch: optional(fc.constant('"etag"')),
    RequestPayer: optional(fc.constant("requester")),
  }),
  headObject: fc.record({ ...place, ...expires, VersionId: optional(token) }),
  putObject: fc.record({
    ...place,
    ...expires,
    ACL: optional(fc.constantFrom("private", "public-read")),
    Body: optional(fc.constantFrom("text", Buffer.from([1, 2, 3]))),
    ContentType: optional(fc.constantFrom("text/plain", "image/png; a=b")),
    ContentDisposition: optional(fc.constant("inline")),
    Metadata: optional(fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), token, { maxKeys: 3 })),
    ServerSideEncryption: optional(fc.constantFrom("AES256", "aws:kms")),
    Tagging: optional(fc.constantFrom("a=b", "a=b&c=d%20e")),
  }),
  uploadPart: fc.record({ ...place, ...expires, UploadId: token, PartNumber: fc.integer({ min: 1, max: 10_000 }) }),
  createMultipartUpload: fc.record({ ...place, ...expires, ContentType: optional(token) }),
  deleteObject: fc.record({ ...place, ...expires }),
  listObjectsV2: fc.record({ Bucket: place.Bucket, ...expires, Prefix: optional(place.Key) }),
};

const options = fc.record({
  region: fc.constantFrom("eu-west-1", "us-east-1", "cn-north-1"),
  sessionToken: optional(fc.base64String({ minLength: 4, maxLength: 60 })),
  s3ForcePathStyle: fc.boolean(),
  useAccelerateEndpoint: fc.constant(false),
});

function withoutUndefined(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

describe.skipIf(!isReady)("presigned URLs and forms of S3, beside aws-sdk 2", () => {
  let Ours: S3Class;
  let Theirs: S3Class;
  beforeAll(async () => {
    const definition = await serviceModel(readFileSync(file ?? "", "utf8"));
    Ours = Service.defineService(definition, presigning as object) as unknown as S3Class;
    Theirs = (await peer("aws-sdk"))["S3"] as S3Class;
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
    vi.useFakeTimers({ now: new Date("2026-03-04T05:06:07Z"), toFake: ["Date"] });
  }, 120_000);
  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  it.each(Object.keys(inputs))("getSignedUrl of %s is the same, byte for byte", (operation) => {
    let compared = 0;
    fc.assert(
      fc.property(inputs[operation] as fc.Arbitrary<object>, options, (given, more) => {
        const all = withoutUndefined({ ...settings, ...more });
        const params = withoutUndefined(given);
        const [url, url2] = [Ours, Theirs].map((Class) => new Class(all).getSignedUrl(operation, params));
        expect(url).toBe(url2);
        compared++;
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThanOrEqual(60);
  });

  it("createPresignedPost is the same", () => {
    const fields = fc.record({
      Bucket: place.Bucket,
      Fields: optional(fc.dictionary(token, token, { maxKeys: 3 })),
      Conditions: optional(fc.constantFrom([["starts-with", "$key", "user/"]], [["content-length-range", 1, 9]])),
      ...expires,
    });
    let compared = 0;
    fc.assert(
      fc.property(fields, options, (given, more) => {
        const all = withoutUndefined({ ...settings, ...more });
        const params = withoutUndefined(given);
        const [form, form2] = [Ours, Theirs].map((Class) => new Class(all).createPresignedPost(params));
        expect(form).toEqual(form2);
        compared++;
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThanOrEqual(100);
  });

  const object = { Bucket: "pond", Key: "a" };

  it("passes the same URL to a callback and a promise", async () => {
    for (const Class of [Ours, Theirs]) {
      const s3 = new Class(settings);
      const url = s3.getSignedUrl("getObject", object);
      expect(await s3.getSignedUrlPromise("getObject", object)).toBe(url);
      const called = new Promise((resolve) => {
        s3.getSignedUrl("getObject", object, (error, value) => resolve([error, value]));
      });
      expect(await called).toEqual([null, url]);
      const form = s3.createPresignedPost({ Bucket: "pond" });
      const formed = new Promise((resolve) => {
        s3.createPresignedPost({ Bucket: "pond" }, (error, value) => resolve([error, value]));
      });
      expect(await formed).toEqual([null, form]);
    }
  });

  it.each<[string, string, object]>([
    ["an expiration that is no number", "getObject", { ...object, Expires: "60" }],
    ["more than a week", "getObject", { ...object, Expires: 604_801 }],
    ["a length", "putObject", { ...object, ContentLength: 3 }],
    ["a missing parameter", "getObject", { Bucket: "pond" }],
  ])("fails with the same code for %s, in each way to call it", async (_name, operation, params) => {
    const codes = await Promise.all(
      [Ours, Theirs].map(async (Class) => {
        const s3 = new Class(settings);
        const thrown = codeOf(() => s3.getSignedUrl(operation, params));
        const rejected = await s3.getSignedUrlPromise(operation, params).then(
          () => "none",
          ({ code }: ErrorLike) => code,
        );
        return [thrown, rejected];
      }),
    );
    expect(codes[0]).toEqual(codes[1]);
    expect(codes[0]?.[0]).toEqual(codes[0]?.[1]);
    expect(codes[0]?.[0]).not.toBe("none");
  });

  it("waits for credentials that are fetched first, and without a callback throws instead of returning a useless URL", async () => {
    const fetched = new Ours({ region: "eu-west-1", credentials: async () => Promise.resolve(keys) });
    const plain = new Ours(settings);
    expect(() => fetched.getSignedUrl("getObject", object)).toThrow(
      "getSignedUrl has to wait, for credentials or the digest of a key: pass a callback, or use getSignedUrlPromise",
    );
    expect(() => fetched.createPresignedPost({ Bucket: "pond" })).toThrow("createPresignedPost has to wait");
    const url = await fetched.getSignedUrlPromise("getObject", object);
    expect(url).toBe(plain.getSignedUrl("getObject", object));
    const form = new Promise((resolve) =>
      fetched.createPresignedPost({ Bucket: "pond" }, (_error, made) => resolve(made)),
    );
    expect(await form).toEqual(plain.createPresignedPost({ Bucket: "pond" }));
  });
});

function codeOf(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (error) {
    return (error as ErrorLike).code;
  }
}
