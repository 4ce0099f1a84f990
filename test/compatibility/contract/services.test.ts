import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import type { Callback, RequestLike } from "./sdk.js";
import { type ScriptedResponse, type ScriptedServer, startServer } from "./server.js";

/** Options of single services: what they make of a request, here and in AWS SDK v2. */

const models = { S3: "s3-2006-03-01", DynamoDB: "dynamodb-2012-08-10", STS: "sts-2011-06-15" } as const;
type Name = keyof typeof models;

type Service = { readonly endpoint: { readonly href: string } } & Readonly<
  Record<string, (params?: object, callback?: Callback) => RequestLike>
>;
type Constructor = new (options?: object) => Service;

const files = Object.entries(models).map(([name, model]) => [name, sharedPath(`models/${model}.json`)] as const);
const isReady = files.every(([, file]) => file !== undefined) && (await peersInstalled());
if (!isReady) console.log("skipped: options of single services beside aws-sdk 2 (no models, or no peers)");

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", region: "us-east-1", maxRetries: 0 };

describe.skipIf(!isReady)("options of single services, beside aws-sdk 2", () => {
  const ours = new Map<string, Constructor>();
  let theirs: Readonly<Record<string, Constructor>>;
  let server: ScriptedServer;

  beforeAll(async () => {
    theirs = (await peer("aws-sdk")) as Record<string, Constructor>;
    server = await startServer();
    for (const [name, file] of files) {
      const { folder } = await generateClient(file ?? "");
      const module = (await import(join(folder, "src/classic.ts"))) as Record<string, unknown>;
      ours.set(name, module[name] as Constructor);
    }
  }, 240_000);

  afterAll(() => server.close());
  afterEach(() => vi.unstubAllEnvs());

  const both = (name: Name): readonly [Constructor, Constructor] => [
    ours.get(name) as Constructor,
    theirs[name] as Constructor,
  ];

  /** Expects that both have the same outcome, and gives it. */
  async function same<Outcome>(name: Name, run: (Made: Constructor) => Promise<Outcome>): Promise<Outcome> {
    const [own, original] = both(name);
    const outcome = await run(own);
    expect(outcome).toEqual(await run(original));
    return outcome;
  }

  /** Where a request would go, and how its body is signed: it is stopped before it is sent. */
  const addressed = (options: object, operation: string, params: object) => async (Made: Constructor) => {
    const request = new Made({ ...keys, ...options })[operation]?.(params) as RequestLike;
    let seen: object | undefined;
    request.on("sign", () => {
      const { endpoint, path, headers, region } = request.httpRequest;
      const [pathname = "", query = ""] = path.split("?");
      // Newer models name the operation in the query.
      const rest = query.split("&").filter((part) => part && !part.startsWith("x-id="));
      seen = { host: endpoint.host, path: pathname, query: rest, region, hash: headers["X-Amz-Content-Sha256"] };
      throw new Error("not to be sent");
    });
    const error = await request.promise().catch((failure: unknown) => failure as Error);
    return seen ?? { error: (error as Error).message };
  };

  const get = ["headObject", { Bucket: "buck", Key: "k" }] as const;
  const put = ["putObjectTagging", { Bucket: "buck", Key: "k", Tagging: { TagSet: [] } }] as const;

  /** What a response becomes. */
  const responded =
    (options: object, operation: string, params: object, response: ScriptedResponse) => async (Made: Constructor) => {
      server.script([response]);
      const request = new Made({ ...keys, endpoint: server.url, ...options })[operation]?.(params) as RequestLike;
      const outcome = await request.promise().then(
        (data) => ({ data: { ...data } }),
        (error: Error & { code: string }) => ({ code: error.code, message: error.message }),
      );
      return { ...outcome, headers: server.received[0]?.headers ?? {} };
    };

  it("are not warned about by the service that has a use for them", () => {
    const endpoint = "http://127.0.0.1:1";
    const used: Readonly<Record<Name, object>> = {
      S3: {
        endpoint,
        s3ForcePathStyle: true,
        s3BucketEndpoint: true,
        s3DisableBodySigning: false,
        s3UsEast1RegionalEndpoint: "regional",
        s3UseArnRegion: true,
        useAccelerateEndpoint: true,
        computeChecksums: false,
      },
      DynamoDB: {
        dynamoDbCrc32: false,
        endpointDiscoveryEnabled: true,
        endpointCacheSize: 5,
        convertResponseTypes: false,
      },
      STS: { stsRegionalEndpoints: "regional" },
    };
    const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    for (const [name, options] of Object.entries(used)) void new (both(name as Name)[0])({ ...keys, ...options });
    const warned = warning.mock.calls.map(([message]) => message);
    warning.mockRestore();
    expect(warned).toEqual([]);
  });

  it("s3ForcePathStyle puts the bucket into the path", async () => {
    expect(await same("S3", addressed({}, ...get))).toMatchObject({ host: "buck.s3.amazonaws.com", path: "/k" });
    const seen = await same("S3", addressed({ s3ForcePathStyle: true }, ...get));
    expect(seen).toMatchObject({ host: "s3.amazonaws.com", path: "/buck/k" });
  });

  it("s3BucketEndpoint takes the endpoint for the bucket's", async () => {
    const options = { endpoint: "https://files.example", s3BucketEndpoint: true };
    expect(await same("S3", addressed(options, ...get))).toMatchObject({ host: "files.example", path: "/k" });
    const listed = await same("S3", addressed(options, "listObjectsV2", { Bucket: "buck" }));
    expect(listed).toMatchObject({ host: "files.example", path: "/" });
    const error = "Cannot send requests to root API with `s3BucketEndpoint` set.";
    expect(await same("S3", addressed(options, "listBuckets", {}))).toEqual({ error });
  });

  it("s3BucketEndpoint needs an endpoint", () => {
    for (const Made of both("S3")) {
      expect(() => new Made({ ...keys, s3BucketEndpoint: true })).toThrow(
        "An endpoint must be provided when configuring `s3BucketEndpoint` to true.",
      );
    }
  });

  it("s3DisableBodySigning leaves the hash of the body away where TLS protects it", async () => {
    const hashOf = async (options: object, ...call: typeof put): Promise<unknown> =>
      ((await addressed(options, ...call)(ours.get("S3") as Constructor)) as { hash?: unknown }).hash;
    const unsigned = "UNSIGNED-PAYLOAD";
    expect(await hashOf({}, ...put)).toBe(unsigned);
    expect(await hashOf({ s3DisableBodySigning: false }, ...put)).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf({ sslEnabled: false }, ...put)).toMatch(/^[0-9a-f]{64}$/);
    const signatureVersion = "v4";
    for (const more of [{}, { s3DisableBodySigning: false }, { sslEnabled: false }]) {
      const { hash } = (await addressed({ signatureVersion, ...more }, ...put)(theirs["S3"] as Constructor)) as {
        hash?: unknown;
      };
      // The bodies are not the same to the letter.
      const isHash = (value: unknown): boolean => value !== unsigned && /^[0-9a-f]{64}$/.test(String(value));
      expect(isHash(hash)).toBe(isHash(await hashOf(more, ...put)));
    }
  });

  it("s3UsEast1RegionalEndpoint keeps us-east-1 to its own endpoint", async () => {
    const seen = await same("S3", addressed({ s3UsEast1RegionalEndpoint: "regional" }, ...get));
    expect(seen).toMatchObject({ host: "buck.s3.us-east-1.amazonaws.com" });
    expect(await same("S3", addressed({ s3UsEast1RegionalEndpoint: "legacy" }, ...get))).toMatchObject({
      host: "buck.s3.amazonaws.com",
    });
  });

  it("s3UseArnRegion lets the ARN of an access point name the region", async () => {
    const Bucket = "arn:aws:s3:eu-west-1:123456789012:accesspoint:door";
    const seen = await same("S3", addressed({ s3UseArnRegion: true }, "headObject", { Bucket, Key: "k" }));
    expect(seen).toMatchObject({ host: "door-123456789012.s3-accesspoint.eu-west-1.amazonaws.com" });
    const rejected = async (Made: Constructor): Promise<object> =>
      addressed({ s3UseArnRegion: false }, "headObject", { Bucket, Key: "k" })(Made);
    for (const Made of both("S3")) expect(await rejected(Made)).toHaveProperty("error");
  });

  it("useAccelerateEndpoint sends by the edge", async () => {
    const seen = await same("S3", addressed({ useAccelerateEndpoint: true }, ...get));
    expect(seen).toMatchObject({ host: "buck.s3-accelerate.amazonaws.com" });
  });

  it("useDualstackEndpoint and useFipsEndpoint choose among the service's endpoints", async () => {
    expect(await same("S3", addressed({ region: "eu-west-1", useDualstackEndpoint: true }, ...get))).toMatchObject({
      host: "buck.s3.dualstack.eu-west-1.amazonaws.com",
    });
    expect(await same("S3", addressed({ region: "us-west-2", useFipsEndpoint: true }, ...get))).toMatchObject({
      host: "buck.s3-fips.us-west-2.amazonaws.com",
    });
  });

  it("S3 goes without a region", async () => {
    for (const name of ["AWS_REGION", "AMAZON_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
    expect(await same("S3", addressed({ region: undefined }, ...get))).toMatchObject({ host: "buck.s3.amazonaws.com" });
  });

  it("computeChecksums makes the MD5 that some operations of S3 take", async () => {
    const Delete = { Objects: [{ Key: "a" }] };
    const md5 = async (Made: Constructor, options: object): Promise<unknown> => {
      const params = { Bucket: "buck", Delete };
      const call = responded({ s3ForcePathStyle: true, ...options }, "deleteObjects", params, {
        body: "<DeleteResult/>",
      });
      return (await call(Made)).headers["content-md5"];
    };
    const [own, original] = both("S3");
    expect(await md5(original, {})).toMatch(/^[\w+/]{22}==$/);
    expect(await md5(own, { computeChecksums: false })).toBeUndefined();
  });

  it("dynamoDbCrc32 compares the checksum of a response", async () => {
    const given = { headers: { "x-amz-crc32": "5" }, body: { TableNames: [] } };
    const outcomeOf = async (Made: Constructor, options: object): Promise<object> => {
      const { headers: _, ...outcome } = await responded(options, "listTables", {}, given)(Made);
      return outcome;
    };
    expect(await same("DynamoDB", (Made) => outcomeOf(Made, {}))).toMatchObject({ code: "CRC32CheckFailed" });
    expect(await same("DynamoDB", (Made) => outcomeOf(Made, { dynamoDbCrc32: false }))).toEqual({
      data: { TableNames: [] },
    });
  });

  it("stsRegionalEndpoints keeps requests in the region", async () => {
    const region = "eu-west-1";
    expect(await same("STS", addressed({ region }, "getCallerIdentity", {}))).toMatchObject({
      host: "sts.amazonaws.com",
    });
    const seen = await same("STS", addressed({ region, stsRegionalEndpoints: "regional" }, "getCallerIdentity", {}));
    expect(seen).toMatchObject({ host: "sts.eu-west-1.amazonaws.com" });
  });

  it("clientSideMonitoring sends the events of requests to the agent", async () => {
    const agent = createSocket("udp4");
    const reported: Record<string, unknown>[] = [];
    const heard = new Promise<void>((resolve) => {
      agent.on("message", (message) => {
        reported.push(JSON.parse(message.toString()) as Record<string, unknown>);
        if (reported.length === 2) resolve();
      });
    });
    await new Promise<void>((resolve) => agent.bind(0, "127.0.0.1", resolve));
    vi.stubEnv("AWS_CSM_PORT", String((agent.address() as AddressInfo).port));
    vi.stubEnv("AWS_CSM_CLIENT_ID", "the tests");
    const [own] = both("DynamoDB");
    await responded({ clientSideMonitoring: true }, "listTables", {}, { body: {} })(own);
    await heard;
    await new Promise<void>((resolve) => agent.close(() => resolve()));
    expect(
      reported.toSorted((left, right) => String(left["Type"]).length - String(right["Type"]).length),
    ).toMatchObject([
      { Type: "ApiCall", Api: "ListTables", ClientId: "the tests", AttemptCount: 1, FinalHttpStatusCode: 200 },
      { Type: "ApiCallAttempt", Api: "ListTables", ClientId: "the tests", HttpStatusCode: 200 },
    ]);
  });
});
