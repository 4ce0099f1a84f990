import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Service } from "@clientsmith/runtime/classic";
import { serviceModel } from "clientsmith";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ScriptedResponse, type ScriptedServer, startServer } from "../contract/server.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { shippedDescription } from "./support/api2.js";

/** What aws-sdk 2 does for single services beyond their models, here and there. */

interface ErrorLike {
  readonly code: string;
  readonly message: string;
}

interface RequestLike {
  readonly httpRequest: {
    readonly endpoint: { readonly host: string };
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
    readonly region: string | undefined;
  };
  readonly response: { readonly requestId: string | undefined };
  on(event: string, listener: () => void): RequestLike;
  promise(): Promise<object>;
}

interface Client {
  makeRequest(operation: string, params?: object): RequestLike;
  waitFor(state: string, params: object): RequestLike;
}
type ClientClass = new (options?: object) => Client;

const isReady = sharedPath("models/iam-2010-05-08.json") !== undefined && (await peersInstalled());
if (!isReady) console.log("skipped: single services beside aws-sdk 2 (no models, or no peers)");
const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", maxRetries: 0 };

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** Enumerable properties but for the time. AWS SDK v2 has null in place of some that are absent. */
function enumerable({ ...error }: object): object {
  const isShown = ([name, value]: readonly [string, unknown]): boolean =>
    name !== "time" && (name === "message" || (value !== null && value !== undefined));
  return Object.fromEntries(Object.entries(error).filter(isShown));
}

describe.skipIf(!isReady)("single services, beside aws-sdk 2", () => {
  let server: ScriptedServer;
  let theirs: Readonly<Record<string, ClientClass>>;
  const made = new Map<string, ClientClass>();

  beforeAll(async () => {
    server = await startServer();
    theirs = (await peer("aws-sdk")) as Readonly<Record<string, ClientClass>>;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    for (const name of ["AWS_REGION", "AMAZON_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });

  /** Classes of a description that aws-sdk 2 ships, or of a shared Smithy model. */
  async function both(className: string, model: string): Promise<readonly [ClientClass, ClientClass]> {
    let own = made.get(model);
    if (!own) {
      const file = model.endsWith(".json") ? sharedPath(`models/${model}`) : undefined;
      const definition = await serviceModel(file ? readFileSync(file, "utf8") : shippedDescription(model));
      made.set(model, (own = Service.defineService(definition) as unknown as ClientClass));
    }
    return [own, theirs[className] as ClientClass];
  }

  /** What both do: the same, and what that is. */
  async function same<Outcome>(
    className: string,
    model: string,
    run: (Made: ClientClass) => Promise<Outcome>,
  ): Promise<Outcome> {
    const [Own, Original] = await both(className, model);
    const own = await run(Own);
    expect(own).toEqual(await run(Original));
    return own;
  }

  /** The request as it is signed; it is not sent. */
  const signed =
    (options: object, operation: string, params: object = {}) =>
    async (Made: ClientClass): Promise<Readonly<Record<string, unknown>>> => {
      const request = new Made({ ...keys, ...options }).makeRequest(operation, params);
      let seen: Readonly<Record<string, unknown>> | undefined;
      request.on("sign", () => {
        const { endpoint, region, headers, body } = request.httpRequest;
        const scope = /Credential=[^/]+\/\d+\/([^,]+)/.exec(headers["Authorization"] ?? "")?.[1];
        seen = { host: endpoint.host, region, scope, form: Object.fromEntries(new URLSearchParams(String(body))) };
        throw new Error("not to be sent");
      });
      const error = await request.promise().catch((failure: unknown) => failure as ErrorLike);
      return seen ?? { error: (error as ErrorLike).message, code: (error as ErrorLike).code };
    };

  /** What becomes of a response. */
  const read =
    (operation: string, params: object, responses: readonly ScriptedResponse[], options: object = {}) =>
    async (Made: ClientClass) => {
      server.script(responses);
      const client = new Made({ ...keys, region: "us-east-1", endpoint: server.url, ...options });
      const request = client.makeRequest(operation, params);
      const outcome = await request.promise().then(
        (data) => ({ data: { ...data } as object, error: undefined }),
        (error: unknown) => ({ data: undefined, error: enumerable(error as object) }),
      );
      return { ...outcome, requestId: request.response.requestId, requests: server.received.length };
    };

  const presigned = (form: unknown): object => {
    const { PresignedUrl, PreSignedUrl, ...rest } = form as Readonly<Record<string, string>>;
    const url = new URL(PresignedUrl ?? PreSignedUrl ?? "about:none");
    return { ...rest, url: url.origin, query: Object.fromEntries([...url.searchParams].toSorted()) };
  };

  describe("a copy from another Region", () => {
    const frozen = () => vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-04T05:06:07Z") });
    const options = { region: "eu-west-1" };

    it("carries a presigned URL in EC2's copySnapshot, signature and all", async () => {
      frozen();
      const params = { SourceRegion: "us-west-2", SourceSnapshotId: "snap-1" };
      const { form } = await same("EC2", "ec2-2016-11-15", async (Made) => {
        const { form: sent } = await signed(options, "copySnapshot", params)(Made);
        return { form: presigned(sent) };
      });
      expect(form).toMatchObject({ DestinationRegion: "eu-west-1", url: "https://ec2.us-west-2.amazonaws.com" });
      expect(form).toHaveProperty("query.X-Amz-Signature");
    });

    it.each(["rds-2014-10-31", "rds-2014-10-31.json"])(
      "carries a presigned URL in RDS's copyDBSnapshot with SourceRegion, which is not sent: %s",
      async (model) => {
        frozen();
        const params = {
          SourceRegion: "us-west-2",
          SourceDBSnapshotIdentifier: "arn:aws:rds:us-west-2:123456789012:snapshot:mine",
          TargetDBSnapshotIdentifier: "copy",
        };
        const { form } = await same("RDS", model, async (Made) => {
          const { form: sent } = await signed(options, "copyDBSnapshot", params)(Made);
          return { form: presigned(sent) };
        });
        expect(form).toMatchObject({ url: "https://rds.us-west-2.amazonaws.com" });
        expect(form).not.toHaveProperty("SourceRegion");
      },
    );

    it("carries no URL without SourceRegion, or with the client's own", async () => {
      const params = {
        SourceDBSnapshotIdentifier: "arn:aws:rds:us-west-2:123456789012:snapshot:mine",
        TargetDBSnapshotIdentifier: "copy",
      };
      for (const more of [{}, { SourceRegion: "eu-west-1" }]) {
        const { form } = await same(
          "RDS",
          "rds-2014-10-31.json",
          signed(options, "copyDBSnapshot", { ...params, ...more }),
        );
        expect(form).not.toHaveProperty("PreSignedUrl");
      }
    });
  });

  describe("the Region", () => {
    it.each([
      ["IAM", "iam-2010-05-08.json", "listUsers", "iam.amazonaws.com"],
      ["IAM", "iam-2010-05-08", "listUsers", "iam.amazonaws.com"],
      ["Route53", "route-53-2013-04-01.json", "listHostedZones", "route53.amazonaws.com"],
      ["CloudFront", "cloudfront-2020-05-31.json", "listDistributions", "cloudfront.amazonaws.com"],
      ["STS", "sts-2011-06-15.json", "getCallerIdentity", "sts.amazonaws.com"],
    ])("is not needed by %s, which has one endpoint: %s", async (className, model, operation, host) => {
      const seen = await same(className, model, async (Made) => {
        const { form: _, ...rest } = await signed({}, operation)(Made);
        return rest;
      });
      expect(seen).toMatchObject({ host, scope: expect.stringMatching(/^us-east-1\//) as string });
    });

    it("is needed by a service of Regions", async () => {
      const seen = await same("SNS", "sns-2010-03-31.json", signed({}, "listTopics"));
      expect(seen).toEqual({ code: "ConfigError", error: "Missing region in config" });
    });
  });

  describe.each([
    [
      "STS",
      "sts-2011-06-15.json",
      "getCallerIdentity",
      "AWS_STS_REGIONAL_ENDPOINTS",
      "eu-west-1",
      "sts.eu-west-1.amazonaws.com",
    ],
    [
      "S3",
      "s3-2006-03-01.json",
      "listBuckets",
      "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
      "us-east-1",
      "s3.us-east-1.amazonaws.com",
    ],
  ])("%s's regional endpoint", (className, model, operation, variable, region, host) => {
    const place = async (options: object): Promise<unknown> =>
      same(className, model, async (Made) => {
        const { host: seen, code, error } = await signed({ region, ...options }, operation)(Made);
        return { host: seen, code, error };
      });

    it(`is used where ${variable} states it`, async () => {
      vi.stubEnv(variable, "Regional");
      expect(await place({})).toMatchObject({ host });
    });

    it("is not used where the option states otherwise", async () => {
      vi.stubEnv(variable, "regional");
      const option = className === "STS" ? "stsRegionalEndpoints" : "s3UsEast1RegionalEndpoint";
      expect(await place({ [option]: "legacy" })).toMatchObject({ host: host.replace(`.${region}`, "") });
    });

    it("is an error of the request where the variable has another value", async () => {
      vi.stubEnv(variable, "global");
      expect(await place({})).toMatchObject({ code: "InvalidEnvironmentalVariable" });
    });
  });

  describe("data", () => {
    const result = (name: string, body: string): ScriptedResponse => ({
      body: `<${name}Response><${name}Result>${body}</${name}Result></${name}Response>`,
    });

    it.each([
      ["an empty element", "<Roles><member><RoleName>r</RoleName><RoleLastUsed/></member></Roles>"],
      ["an empty structure with a list", "<Roles><member/></Roles>"],
      ["an empty list", "<Roles/>"],
      ["nothing", ""],
    ])("has the lists of AWS SDK v2: %s", async (_name, body) => {
      await same("IAM", "iam-2010-05-08.json", read("listRoles", {}, [result("ListRoles", body)]));
    });

    it.each([
      ["an empty structure", "<DistributionList/>"],
      ["a structure without lists", "<DistributionList><Marker>m</Marker></DistributionList>"],
      [
        "empty structures in lists",
        "<DistributionList><Items><DistributionSummary><Aliases/></DistributionSummary></Items></DistributionList>",
      ],
    ])("has the lists of AWS SDK v2 in a payload: %s", async (_name, body) => {
      await same("CloudFront", "cloudfront-2020-05-31.json", read("listDistributions", {}, [{ body }]));
    });

    it.each(["", '{"a":1}', '"ü"'])("is text in Lambda's payload: %s", async (body) => {
      const { data } = await same(
        "Lambda",
        "lambda-2015-03-31.json",
        read("invoke", { FunctionName: "f" }, [{ body, headers: { "x-amz-executed-version": "1" } }]),
      );
      expect(data).toHaveProperty("Payload", body);
    });

    it("is text in IoT Data's shadows", async () => {
      const { data } = await same(
        "IotData",
        "iot-data-2015-05-28",
        read("getThingShadow", { thingName: "t" }, [{ body: '{"state":{}}' }]),
      );
      expect(data).toEqual({ payload: '{"state":{}}' });
    });

    it("has empty lists where SQS leaves them out", async () => {
      const { data } = await same(
        "SQS",
        "sqs-2012-11-05.json",
        read("receiveMessage", { QueueUrl: `${server.url}/1/q` }, [{ body: {} }]),
      );
      expect(data).toEqual({ Messages: [] });
    });

    it.each<[string, object, object]>([
      ["sendMessage", { MessageBody: "größe" }, { MessageId: "m", MD5OfMessageBody: md5("größe") }],
      ["sendMessage", { MessageBody: "a" }, { MessageId: "m", MD5OfMessageBody: md5("b") }],
      ["sendMessage", { MessageBody: "a" }, { MessageId: "m" }],
      [
        "sendMessageBatch",
        { Entries: ["1", "2", "3"].map((Id) => ({ Id, MessageBody: Id })) },
        { Successful: ["3", "2"].map((Id) => ({ Id, MessageId: `m-${Id}`, MD5OfMessageBody: md5("3") })), Failed: [] },
      ],
      ["receiveMessage", {}, { Messages: ["a", "b"].map((Body) => ({ MessageId: Body, Body, MD5OfBody: md5("a") })) }],
      ["receiveMessage", {}, { Messages: [{ MessageId: "a", Body: "a", MD5OfBody: md5("a") }] }],
    ])("is compared with its MD5 in SQS, unless computeChecksums is false: %s", async (operation, params, body) => {
      for (const computeChecksums of [true, false]) {
        const input = { QueueUrl: `${server.url}/1/q`, ...params };
        await same("SQS", "sqs-2012-11-05.json", read(operation, input, [{ body }], { computeChecksums }));
      }
    });

    it("has Route 53's MaxItems as text, and takes it as text", async () => {
      const body =
        "<ListHostedZonesResponse><HostedZones/><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesResponse>";
      const { data } = await same(
        "Route53",
        "route-53-2013-04-01.json",
        read("listHostedZones", { MaxItems: "100" }, [{ body }]),
      );
      expect(data).toMatchObject({ MaxItems: "100" });
    });

    it("has S3's part markers as numbers, and takes them as numbers", async () => {
      const body =
        "<ListPartsResult><PartNumberMarker>1</PartNumberMarker><NextPartNumberMarker>2</NextPartNumberMarker></ListPartsResult>";
      const params = { Bucket: "b", Key: "k", UploadId: "u", PartNumberMarker: 1 };
      const { data } = await same(
        "S3",
        "s3-2006-03-01.json",
        read("listParts", params, [{ body }], { s3ForcePathStyle: true }),
      );
      expect(data).toMatchObject({ PartNumberMarker: 1, NextPartNumberMarker: 2 });
      const attributes =
        "<GetObjectAttributesResponse><ObjectParts><PartNumberMarker>1</PartNumberMarker></ObjectParts></GetObjectAttributesResponse>";
      await same(
        "S3",
        "s3-2006-03-01.json",
        read("getObjectAttributes", { Bucket: "b", Key: "k", ObjectAttributes: ["ETag"] }, [{ body: attributes }], {
          s3ForcePathStyle: true,
        }),
      );
    });
  });

  describe("the request ID", () => {
    it.each([
      [{ "x-amz-request-id": "a", "x-amzn-requestid": "b" }, "a"],
      [{ "x-amzn-requestid": "b" }, "b"],
      [{ "x-amzn-requestid": "" }, "body"],
    ])("is looked for in the order of AWS SDK v2: %j", async (headers, expected) => {
      const body =
        "<ListRolesResponse><ListRolesResult/><ResponseMetadata><RequestId>body</RequestId></ResponseMetadata></ListRolesResponse>";
      const { requestId } = await same("IAM", "iam-2010-05-08.json", read("listRoles", {}, [{ body, headers }]));
      expect(requestId).toBe(expected);
    });
  });

  describe("errors", () => {
    const s3 = { s3ForcePathStyle: true };
    const object = { Bucket: "b", Key: "k" };

    it.each([304, 403, 404, 412])("of S3's headObject are named as in AWS SDK v2: %i", async (status) => {
      await same("S3", "s3-2006-03-01.json", read("headObject", object, [{ status, body: "" }], s3));
    });

    it("of S3's headObject are named as in AWS SDK v2, which then looks for the bucket: 400", async () => {
      const { error } = await same("S3", "s3-2006-03-01.json", async (Made) => {
        const { requests: _, ...outcome } = await read("headObject", object, [{ status: 400, body: "" }], s3)(Made);
        return outcome;
      });
      expect(error).toMatchObject({ code: "BadRequest" });
    });

    it("of S3's getObject are NotModified for 304", async () => {
      const { error } = await same(
        "S3",
        "s3-2006-03-01.json",
        read("getObject", { ...object, IfNoneMatch: "e" }, [{ status: 304, body: "" }], s3),
      );
      expect(error).toMatchObject({ code: "NotModified", statusCode: 304 });
    });

    it("of S3's redirections have AWS SDK v2's code and Region", async () => {
      const body =
        "<Error><Code>PermanentRedirect</Code><Message>m</Message><Endpoint>b.s3.eu-west-1.amazonaws.com</Endpoint></Error>";
      const headers = { "x-amz-bucket-region": "us-east-1" };
      const { error } = await same(
        "S3",
        "s3-2006-03-01.json",
        read("getObject", object, [{ status: 301, body, headers }], s3),
      );
      expect(error).toMatchObject({ code: "PermanentRedirect", region: "us-east-1" });
      await same("S3", "s3-2006-03-01.json", read("headObject", object, [{ status: 301, body: "", headers }], s3));
    });

    it.each([
      [
        "a code",
        404,
        "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchHostedZone</Code><Message>m</Message></Error></ErrorResponse>",
      ],
      ["nothing", 404, ""],
      ["an error without a code", 400, "<ErrorResponse><Error/></ErrorResponse>"],
    ])("in XML have the enumerable properties of AWS SDK v2: %s", async (_name, status, body) => {
      await same("Route53", "route-53-2013-04-01.json", read("getHostedZone", { Id: "Z" }, [{ status, body }]));
      await same("IAM", "iam-2010-05-08.json", read("getRole", { RoleName: "r" }, [{ status, body }]));
    });

    it.each([{ __type: "a#B", message: "m", Message: "n", Extra: 1 }, { code: "B", Message: "m" }, {}])(
      "in JSON have the enumerable properties of AWS SDK v2: %j",
      async (body) => {
        await same("KMS", "kms-2014-11-01.json", read("listKeys", {}, [{ status: 400, body }]));
      },
    );
  });

  describe("a bucket in another Region", () => {
    /** Where each attempt goes and for what it is signed; the first one is sent to the test's server. */
    const attempts =
      (given: ScriptedResponse, Bucket: string, options: object = {}) =>
      async (Made: ClientClass): Promise<object> => {
        server.script([given, { body: "" }]);
        const service = new Made({ ...keys, region: "us-east-1", maxRetries: 1, ...options });
        const request = service.makeRequest(given.body === "" ? "headObject" : "getObject", {
          Bucket,
          Key: "k",
        }) as RequestLike & { httpRequest: { endpoint: { host: string; protocol?: string }; path: string } };
        const seen: object[] = [];
        let endpoint = request.httpRequest.endpoint;
        request.on("sign", () => {
          const { headers, path, endpoint: own } = request.httpRequest;
          const scope = /Credential=[^/]+\/\d+\/([^,]+)/.exec(headers["Authorization"] ?? "")?.[1];
          seen.push({ scope, path, host: own.host.replace(/^127.*/, "server") });
          if (seen.length > 1) throw new Error("not to be sent");
          endpoint = own;
          const { hostname, port } = new URL(server.url);
          const local = {
            protocol: "http:",
            hostname,
            port: Number(port),
            host: `${hostname}:${port}`,
            href: server.url,
          };
          request.httpRequest.endpoint = { ...own, ...local };
        });
        request.on("httpHeaders", () => (request.httpRequest.endpoint = endpoint));
        await request.promise().catch(() => {});
        return seen;
      };
    const headers = { "x-amz-bucket-region": "eu-west-1" };

    it.each([
      ["301 of HEAD", { status: 301, body: "", headers }],
      ["400 of HEAD", { status: 400, body: "", headers }],
      ["PermanentRedirect", { status: 301, body: "<Error><Code>PermanentRedirect</Code></Error>", headers }],
      [
        "AuthorizationHeaderMalformed",
        { status: 400, body: "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>" },
      ],
    ])("gets the request again, signed for its Region: %s", async (name, scripted) => {
      const [own, original] = await both("S3", "s3-2006-03-01.json");
      // Each has a bucket of its own: AWS SDK v2 remembers their Regions.
      const bucket = `buck-${name.toLowerCase().replaceAll(" ", "-")}`;
      const seen = await attempts(scripted, bucket)(own);
      const theirsSeen = await attempts(scripted, bucket, { signatureVersion: "v4" })(original);
      expect(seen).toMatchObject([
        { scope: "us-east-1/s3/aws4_request", host: `${bucket}.s3.amazonaws.com` },
        { scope: "eu-west-1/s3/aws4_request" },
      ]);
      const scopes = (each: object): unknown[] => (each as { scope: string }[]).map(({ scope }) => scope);
      expect(scopes(seen)).toEqual(scopes(theirsSeen));
      if (scripted.status === 301) expect(seen).toMatchObject([{}, { host: `${bucket}.s3.eu-west-1.amazonaws.com` }]);
    });

    it("does not get it again where the response states no other Region", async () => {
      const stated = { status: 400, body: "", headers: { "x-amz-bucket-region": "us-east-1" } };
      const [own] = await both("S3", "s3-2006-03-01.json");
      expect(await attempts(stated, "buck")(own)).toHaveLength(1);
      const odd = { status: 301, body: "", headers: { "x-amz-bucket-region": "evil.example/" } };
      expect(await attempts(odd, "buck")(own)).toHaveLength(1);
    });
  });

  describe("a waiter", () => {
    const missing = {
      status: 404,
      body: "<ErrorResponse><Error><Code>LoadBalancerNotFound</Code></Error></ErrorResponse>",
    };
    it.each([
      ["RDS", "rds-2014-10-31", "dBInstanceDeleted", {}, "<DescribeDBInstancesResponse/>"],
      ["RDS", "rds-2014-10-31.json", "dBInstanceDeleted", {}, "<DescribeDBInstancesResponse/>"],
      ["IAM", "iam-2010-05-08.json", "userExists", { UserName: "u" }, "<GetUserResponse/>"],
      [
        "ELBv2",
        "elastic-load-balancing-v2-2015-12-01.json",
        "loadBalancersDeleted",
        {},
        "<DescribeLoadBalancersResponse/>",
      ],
    ])(
      "of %s makes the requests of AWS SDK v2 where the response lacks its result element: %s",
      async (className, model, state, params, body) => {
        await same(className, model, async (Made) => {
          server.script([{ body }, missing]);
          const client = new Made({ ...keys, region: "us-east-1", endpoint: server.url });
          const outcome = await client
            .waitFor(state, { ...params, $waiter: { delay: 0.001, maxAttempts: 3 } })
            .promise()
            .then(
              () => "there",
              (error: unknown) => (error as ErrorLike).code,
            );
          return { outcome, requests: server.received.length };
        });
      },
    );
  });
});
