import { presign, type PresignedRequest } from "@clientsmith/runtime/presign";
import { presignPost } from "@clientsmith/runtime/presign/post";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import * as fc from "../../support/fast-check.js";
import { keepRequests } from "../../support/kept-requests.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";

const file = sharedPath("models/s3-2006-03-01.json");
const isInstalled = await peersInstalled();

type Constructor = new (options: object) => object;
type Arguments = Parameters<typeof presign>;

/**
 * What the official presigner does otherwise, with reasons:
 *
 * - It signs the checksum of an empty body where the input has none, so that only an empty file can be uploaded:
 *   compared with its `requestChecksumCalculation: "WHEN_REQUIRED"`.
 * - It leaves `content-type` unsigned, so that the sender may send another one than the input says: here it is signed,
 *   if it is known. Compared with its option `signableHeaders`.
 * - It signs the length of a body in the input, which the signed checksum of the body determines anyway. Compared with
 *   its option `unsignableHeaders`.
 * - `?delete=` is `?delete` here, and the path of a bucket in the path ends in `/` there: the way both clients send
 *   their calls. Parameters are compared with `=`, and buckets are in the host.
 */
const unsignableHeaders = new Set(["content-length"]);

const key = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom("a b+c/d", "a//b", "./a/../b", "ü/€/𝄞", "a?b#c%20&=", "!'()*~"),
);
const token = fc.stringMatching(/^[A-Za-z0-9 .=_-]{1,20}$/).filter((text) => text.trim() === text);
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const place = { Bucket: fc.constantFrom("pond", "bucket-1"), Key: key };
const customerKey = { SSECustomerAlgorithm: fc.constant("AES256"), SSECustomerKey: fc.constant("k".repeat(32)) };

const inputs: Readonly<Record<string, fc.Arbitrary<object>>> = {
  GetObject: fc.record({
    ...place,
    VersionId: optional(token),
    ResponseContentDisposition: optional(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 })),
    ResponseExpires: optional(fc.date({ min: new Date(0), max: new Date("2037-01-01"), noInvalidDate: true })),
    Range: optional(fc.constant("bytes=0-9")),
    PartNumber: optional(fc.integer({ min: 1, max: 10_000 })),
    IfNoneMatch: optional(fc.constant('"etag"')),
    RequestPayer: optional(fc.constant("requester")),
    ...customerKey,
  }),
  HeadObject: fc.record({ ...place, VersionId: optional(token) }),
  PutObject: fc.record({
    ...place,
    ACL: optional(fc.constantFrom("private", "public-read")),
    Body: optional(
      fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.uint8Array({ minLength: 1, maxLength: 30 })),
    ),
    CacheControl: optional(token),
    ContentType: optional(fc.constantFrom("text/plain", "image/png")),
    IfNoneMatch: optional(fc.constant("*")),
    Metadata: optional(fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), token, { maxKeys: 4 })),
    ServerSideEncryption: optional(fc.constantFrom("AES256", "aws:kms")),
    StorageClass: optional(fc.constantFrom("STANDARD_IA", "GLACIER")),
    Tagging: optional(fc.constantFrom("a=b", "a=b&c=d%20e")),
  }),
  UploadPart: fc.record({ ...place, UploadId: token, PartNumber: fc.integer({ min: 1, max: 10_000 }) }),
  CreateMultipartUpload: fc.record({ ...place, ContentType: optional(token), ...customerKey }),
  CopyObject: fc.record({ ...place, CopySource: fc.constantFrom("other/key", "other/a%20b?versionId=1") }),
  DeleteObject: fc.record({ ...place, VersionId: optional(token) }),
  DeleteObjects: fc.record({
    Bucket: place.Bucket,
    Delete: fc.record({ Objects: fc.array(fc.record({ Key: token }), { minLength: 1, maxLength: 3 }) }),
  }),
  ListObjectsV2: fc.record({ Bucket: place.Bucket, Prefix: optional(key), MaxKeys: optional(fc.nat(1000)) }),
};

const credentials = fc.record({
  accessKeyId: fc.constant("AKIDEXAMPLE"),
  secretAccessKey: fc.string({ minLength: 1, maxLength: 40 }),
  sessionToken: optional(fc.base64String({ minLength: 4, maxLength: 60 })),
});

describe.skipIf(file === undefined || !isInstalled)("beside the official packages for S3", () => {
  let module: ClientModule;
  let v3: Record<string, unknown>;
  beforeAll(async () => {
    ({ module } = await generateClient(file ?? ""));
    v3 = await peer("@aws-sdk/client-s3");
    vi.useFakeTimers({ now: new Date("2026-03-04T05:06:07Z"), toFake: ["Date"] });
  }, 120_000);
  afterAll(() => {
    vi.useRealTimers();
  });

  const ours = (options: object): Arguments[0] => new (module["S3Client"] as Constructor)(options) as Arguments[0];
  const theirs = (options: object): object => {
    return new (v3["S3Client"] as Constructor)({ requestChecksumCalculation: "WHEN_REQUIRED", ...options });
  };
  const operation = (name: string): Arguments[1] =>
    module[`${name[0]?.toLowerCase()}${name.slice(1)}$`] as Arguments[1];

  async function officialUrl(
    options: object,
    name: string,
    input: object,
    expiresIn: number,
    more: object = {},
  ): Promise<string> {
    const { getSignedUrl } = (await peer("@aws-sdk/s3-request-presigner")) as {
      getSignedUrl: (client: object, command: object, options: object) => Promise<string>;
    };
    const command = new (v3[`${name}Command`] as Constructor)(input);
    return getSignedUrl(theirs(options), command, { unsignableHeaders, expiresIn, ...more });
  }

  it.each(Object.keys(inputs))(
    "%s has the same URL, with the same signature",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(
          inputs[name] as fc.Arbitrary<object>,
          credentials,
          fc.constantFrom("eu-west-1", "us-east-1", "cn-north-1"),
          fc.constantFrom({}, { useDualstackEndpoint: true }),
          fc.integer({ min: 1, max: 604_800 }),
          async (input, identity, region, more, expiresIn) => {
            const options = { region, credentials: identity, ...more };
            // With a body in the input, both sign its checksum.
            const checksum = "Body" in input &&
              input.Body !== undefined && { requestChecksumCalculation: "WHEN_SUPPORTED" };
            const made = await presign(ours(options), operation(name), input, { expiresIn });
            const type = "content-type" in made.headers && { signableHeaders: new Set(["content-type"]) };
            const expected = await officialUrl({ ...options, ...checksum }, name, input, expiresIn, { ...type });
            expect(partsOf(made.url)).toEqual(partsOf(expected));
            expect(made.expiresAt).toEqual(new Date(Date.now() + expiresIn * 1000));
            expect(signedHeadersOf(made).filter((header) => !(header in made.headers))).toEqual(["host"]);
          },
        ),
        { numRuns: 60 },
      );
    },
    120_000,
  );

  it.each<[string, object, string]>([
    ["an endpoint with a port", { endpoint: "http://localhost:9000", forcePathStyle: true }, "pond"],
    ["an access point", { useArnRegion: true }, "arn:aws:s3:us-west-2:123456789012:accesspoint/reports"],
    ["acceleration", { useAccelerateEndpoint: true }, "pond"],
    ["FIPS", { region: "us-west-2", useFipsEndpoint: true }, "pond"],
    ["a bucket with dots", {}, "www.example.com"],
  ])("has the same URL for %s", async (_what, more, Bucket) => {
    const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const options = { region: "eu-west-1", credentials: identity, ...more };
    const { url } = await presign(ours(options), operation("GetObject"), { Bucket, Key: "a b" }, { expiresIn: 60 });
    expect(partsOf(url)).toEqual(partsOf(await officialUrl(options, "GetObject", { Bucket, Key: "a b" }, 60)));
  });

  it("has the same URL for a session of S3 Express", async () => {
    const Bucket = "pond--usw2-az1--x-s3";
    const session = { AccessKeyId: "SESSION", SecretAccessKey: "secret", SessionToken: "to/ken==" };
    const body = Object.entries(session).map(([name, value]) => `<${name}>${value}</${name}>`);
    const credentialsOf = `<Credentials>${body.join("")}<Expiration>2026-03-04T06:00:00Z</Expiration></Credentials>`;
    const { transport } = keepRequests(`<CreateSessionResult>${credentialsOf}</CreateSessionResult>`);
    const options = { region: "us-west-2", credentials: { accessKeyId: "AKID", secretAccessKey: "other" } };
    const input = { Bucket, Key: "a b" };
    const made = await presign(ours({ ...options, transport }), operation("PutObject"), input, { expiresIn: 60 });
    const identity = { accessKeyId: "SESSION", secretAccessKey: "secret", sessionToken: "to/ken==" };
    const s3ExpressIdentityProvider = { getS3ExpressIdentity: () => Promise.resolve(identity) };
    const expected = await officialUrl({ ...options, s3ExpressIdentityProvider }, "PutObject", input, 60);
    expect(partsOf(made.url)).toEqual(partsOf(expected));
  });

  it("differs where the official presigner signs the checksum of a body that is not given", async () => {
    const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const options = { region: "eu-west-1", credentials: identity };
    const input = { Bucket: "pond", Key: "a" };
    const official = new URL(
      await officialUrl({ ...options, requestChecksumCalculation: "WHEN_SUPPORTED" }, "PutObject", input, 60),
    );
    expect(official.searchParams.get("x-amz-checksum-crc32")).toBe("AAAAAA==");
    const made = new URL((await presign(ours(options), operation("PutObject"), input)).url);
    expect([...made.searchParams.keys()].filter((name) => name.includes("checksum"))).toEqual([]);
  });

  it("has the same form, with the same policy and signature", async () => {
    const { createPresignedPost } = (await peer("@aws-sdk/s3-presigned-post")) as {
      createPresignedPost: (
        client: object,
        options: object,
      ) => Promise<{ url: string; fields: Record<string, string> }>;
    };
    const fields = fc.record(
      { acl: fc.constant("private"), success_action_status: fc.constant("201"), "x-amz-meta-a": token },
      { requiredKeys: [] },
    );
    const conditions = fc.subarray<readonly [string, string | number, string | number]>([
      ["content-length-range", 0, 10_000_000],
      ["starts-with", "$Content-Type", "image/"],
      ["eq", "$success_action_status", "201"],
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          key,
          key.map((start) => `${start}\${filename}`),
        ),
        fields,
        conditions,
        credentials,
        fc.integer({ min: 1, max: 604_800 }),
        fc.constantFrom<object>({}, { endpoint: "http://127.0.0.1:9000", forcePathStyle: true }),
        async (Key, Fields, Conditions, identity, expiresIn, more) => {
          const options = { region: "eu-west-1", credentials: identity, ...more };
          const input = { Bucket: "pond", Key };
          const made = await presignPost(ours(options), operation("PutObject"), input, {
            expiresIn,
            fields: Fields,
            conditions: Conditions as never,
          });
          const expected = await createPresignedPost(theirs(options), {
            ...input,
            Fields,
            Conditions,
            Expires: expiresIn,
          });
          expect({ url: made.url, fields: made.fields }).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  }, 120_000);
});

function partsOf(url: string): readonly string[] {
  const [path = "", query = ""] = url.split("?");
  return [
    path,
    ...query
      .split("&")
      .map((parameter) => (parameter.includes("=") ? parameter : `${parameter}=`))
      .toSorted(),
  ];
}

function signedHeadersOf({ url }: PresignedRequest): readonly string[] {
  return new URL(url).searchParams.get("X-Amz-SignedHeaders")?.split(";") ?? [];
}
