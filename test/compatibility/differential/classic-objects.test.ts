import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Request, ServiceConstructor } from "#runtime/classic/index.js";
import type { AWSError, DynamicService } from "#runtime/classic/types.js";
import { classicErrorFacts } from "../../support/classic-error.js";
import { generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { type Hit, options, outcome, serve } from "../../unit/runtime/classic/support.js";

const models = {
  DynamoDB: "dynamodb-2012-08-10",
  KMS: "kms-2014-11-01",
  Lambda: "lambda-2015-03-31",
  Route53: "route-53-2013-04-01",
  S3: "s3-2006-03-01",
  SNS: "sns-2010-03-31",
  STS: "sts-2011-06-15",
} as const;

type Name = keyof typeof models;
type Constructor = ServiceConstructor<DynamicService>;

const files = Object.entries(models).map(([name, model]) => [name, sharedPath(`models/${model}.json`)] as const);
const isReady = files.every(([, file]) => file !== undefined) && (await peersInstalled());
if (!isReady) console.log("skipped: the original's service objects beside the classic ones (no models, or no peers)");

interface ScriptedResponse {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** What one of them sends, and what it makes of the response. */
async function made(name: Name, Service: Constructor, operation: string, params: object, given: ScriptedResponse) {
  const { endpoint, hits } = await serve((response) => {
    response.writeHead(given.status, given.headers ?? {}).end(given.body);
  });
  const service = new Service({
    ...options,
    endpoint,
    maxRetries: 0,
    ...(name === "S3" && { s3ForcePathStyle: true }),
  } as object);
  const method = (service as unknown as Record<string, (params: object) => Request>)[operation];
  if (!method) throw new Error(`no ${operation}`);
  const request = method.call(service, params);
  const { err, data } = await outcome(request);
  const error = err as AWSError | null;
  return {
    sent: hits.map(sentOf),
    data: withoutBuffers(data),
    requestId: request.response.requestId,
    error: classicErrorFacts(error),
  };
}

function sentOf({ request, body }: Hit): object {
  const { method, url = "" } = request;
  const [path, query = ""] = url.split("?");
  const isJson = body.startsWith("{");
  return {
    method,
    path,
    // Newer models name the operation in the query.
    query: query
      .split("&")
      .filter((part) => !part.startsWith("x-id="))
      .map((part) => part.replace(/=$/, ""))
      .filter(Boolean)
      .toSorted(),
    body: isJson
      ? (JSON.parse(body) as unknown)
      : /^[\w.]+=/.test(body)
        ? body.split("&").toSorted()
        : body.replace(/^<[?].*?[?]>/, ""),
  };
}

/** Buffers by what is in them. */
function withoutBuffers(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return `buffer ${value.toString("hex")}`;
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutBuffers);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBuffers(item)]));
}

const xml = (body: string): ScriptedResponse => ({ status: 200, body, headers: { "x-amzn-requestid": "r-1" } });
const json = (body: object, status = 200): ScriptedResponse => ({
  status,
  body: JSON.stringify(body),
  headers: { "x-amzn-requestid": "r-1" },
});

describe.skipIf(!isReady)("beside AWS SDK v2", () => {
  const ours = new Map<string, Constructor>();
  let theirs: Record<string, Constructor>;

  beforeAll(async () => {
    theirs = (await peer("aws-sdk")) as Record<string, Constructor>;
    for (const [name, file] of files) {
      const { folder } = await generateClient(file ?? "");
      const module = (await import(join(folder, "src/classic.ts"))) as Record<string, Constructor>;
      const found = module[name] ?? Object.values(module).find((each) => "definition" in Object(each));
      if (found) ours.set(name, found);
    }
  }, 240_000);

  it.each<[Name, string, object, ScriptedResponse]>([
    [
      "DynamoDB",
      "getItem",
      { TableName: "tab", Key: { a: { S: "x" }, b: { B: Buffer.from("z") } } },
      json({
        Item: { a: { S: "x" }, n: { N: "1" }, b: { B: "AAE=" }, l: { L: [{ NULL: true }] }, s: { BS: ["AAE="] } },
        ConsumedCapacity: { CapacityUnits: 0.5 },
      }),
    ],
    [
      "DynamoDB",
      "putItem",
      { TableName: "tab", Item: { a: { S: "x" } } },
      json(
        {
          __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
          message: "The conditional request failed",
        },
        400,
      ),
    ],
    [
      "DynamoDB",
      "describeTable",
      { TableName: "tab" },
      json({
        Table: { TableName: "tab", CreationDateTime: 1.5e9, KeySchema: [{ AttributeName: "a", KeyType: "HASH" }] },
      }),
    ],
    ["KMS", "encrypt", { KeyId: "k", Plaintext: "text" }, json({ CiphertextBlob: "AAE=", KeyId: "k" })],
    ["KMS", "listKeys", {}, json({ Keys: [{ KeyId: "k" }], Truncated: false })],
    [
      "Lambda",
      "getFunction",
      { FunctionName: "f" },
      {
        status: 404,
        body: '{"Type":"User","Message":"Function not found"}',
        headers: { "x-amzn-errortype": "ResourceNotFoundException", "x-amzn-requestid": "r-1" },
      },
    ],
    [
      "SNS",
      "publish",
      { TopicArn: "arn:t", Message: "m", MessageAttributes: { a: { DataType: "String", StringValue: "v" } } },
      xml(
        "<PublishResponse xmlns='http://sns.amazonaws.com/doc/2010-03-31/'><PublishResult><MessageId>m</MessageId></PublishResult><ResponseMetadata><RequestId>r-2</RequestId></ResponseMetadata></PublishResponse>",
      ),
    ],
    [
      "SNS",
      "getTopicAttributes",
      { TopicArn: "arn:t" },
      {
        status: 404,
        body: "<ErrorResponse xmlns='http://sns.amazonaws.com/doc/2010-03-31/'><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>",
      },
    ],
    [
      "STS",
      "getCallerIdentity",
      {},
      xml(
        "<GetCallerIdentityResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r-2</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
      ),
    ],
    [
      "STS",
      "assumeRole",
      { RoleArn: "arn:aws:iam::123456789012:role/demo", RoleSessionName: "s1" },
      xml(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A</AccessKeyId><Expiration>2020-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
      ),
    ],
    [
      "Route53",
      "getHostedZone",
      { Id: "/hostedzone/Z1" },
      xml("<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id></HostedZone></GetHostedZoneResponse>"),
    ],
    [
      "S3",
      "listObjectsV2",
      { Bucket: "buck", Prefix: "p/" },
      xml(
        "<ListBucketResult><Name>buck</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>",
      ),
    ],
    [
      "S3",
      "listBuckets",
      {},
      xml(
        "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name><CreationDate>2020-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>",
      ),
    ],
    [
      "S3",
      "headObject",
      { Bucket: "buck", Key: "k" },
      { status: 404, body: "", headers: { "x-amz-request-id": "r-1" } },
    ],
    [
      "S3",
      "copyObject",
      { Bucket: "buck", Key: "k", CopySource: "b/k" },
      xml("<Error><Code>InternalError</Code><Message>late</Message></Error>"),
    ],
    [
      "S3",
      "copyObject",
      { Bucket: "buck", Key: "k", CopySource: "b/k" },
      xml("<CopyObjectResult><ETag>e</ETag></CopyObjectResult>"),
    ],
    ["S3", "getBucketLocation", { Bucket: "buck" }, xml("<LocationConstraint>eu-west-1</LocationConstraint>")],
    [
      "S3",
      "deleteObjects",
      { Bucket: "buck", Delete: { Objects: [{ Key: "a" }] } },
      xml("<DeleteResult><Deleted><Key>a</Key></Deleted></DeleteResult>"),
    ],
  ])("%s.%s sends and reads the same", async (name, operation, params, scripted) => {
    const Ours = ours.get(name);
    const Theirs = theirs[name];
    if (!Ours || !Theirs) throw new Error(`no ${name}`);
    expect(await made(name, Ours, operation, params, scripted)).toEqual(
      await made(name, Theirs, operation, params, scripted),
    );
  });
});
