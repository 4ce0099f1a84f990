import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { serviceModel } from "clientsmith";
import { type LocalService, startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { rpcv2Cbor } from "#runtime/protocols/rpcv2Cbor/index.js";
import type { ServiceModel } from "#runtime/schema/service.js";
import type { StreamingBody } from "#runtime/streams/types.js";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { failure } from "./support/cloudtrail.js";

type Values = Readonly<Record<string, unknown>>;
type Send = (command: string, input: object) => Promise<Values>;
type Handlers = Readonly<Record<string, (input: never) => unknown>>;

const isInstalled = await peersInstalled();

async function start(service: ServiceModel, handlers: Handlers): Promise<LocalService> {
  const errors: unknown[] = [];
  const local = await startLocalService({
    service,
    handlers: handlers as object,
    onError: (error) => errors.push(error),
  });
  onTestFinished(async () => {
    await local.close();
    expect(errors).toEqual([]);
  });
  return local;
}

async function modelOf(file: string): Promise<ServiceModel> {
  return (await serviceModel(readFileSync(sharedPath(`models/${file}.json`) ?? "", "utf8"))).model;
}

/** A client of version 3, with nothing of ours. */
async function v3(name: string, { endpoint }: LocalService, options: object = {}): Promise<Send> {
  const module = await peer(`@aws-sdk/client-${name}`);
  const [, Client] =
    Object.entries(module).find(([each]) => /^[A-Z]\w*Client$/.test(each) && each !== "__Client") ?? [];
  const client = new (Client as new (options: object) => { send(command: object): Promise<Values>; destroy(): void })({
    region: "eu-west-1",
    endpoint,
    credentials: testCredentials,
    maxAttempts: 1,
    ...options,
  });
  onTestFinished(() => client.destroy());
  return (command, input) => client.send(new (module[`${command}Command`] as new (input: object) => object)(input));
}

function fault(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, status: 404 });
}

describe.skipIf(!isInstalled || !sharedPath("models"))("official clients and the local service", () => {
  it("S3 (restXml): objects, streams with trailers, lists, several parts, errors", async () => {
    const objects = new Map<string, Uint8Array>();
    const received: Values[] = [];
    const service = await modelOf("s3-2006-03-01");
    const local = await start(service, {
      putObject: async ({ Body, ...input }: { Bucket: string; Key: string; Body: StreamingBody }) => {
        received.push(input);
        objects.set(`${input.Bucket}/${input.Key}`, await Body.bytes());
        return { ETag: '"1"' };
      },
      getObject: ({ Bucket, Key }: { Bucket: string; Key: string }) => {
        const body = objects.get(`${Bucket}/${Key}`);
        if (!body) throw fault("NoSuchKey", "The key does not exist");
        return {
          Body: Readable.from([body.subarray(0, 3), body.subarray(3)]),
          ContentLength: body.length,
          Metadata: { a: "b" },
        };
      },
      headObject: () => {
        throw fault("NotFound", "");
      },
      listObjectsV2: ({ Bucket }: { Bucket: string }) => ({
        Name: Bucket,
        IsTruncated: false,
        Contents: [...objects.keys()].map((key) => ({
          Key: key.slice(Bucket.length + 1),
          Size: 5,
          LastModified: new Date(0),
        })),
      }),
      listBuckets: () => ({ Buckets: [{ Name: "photos" }] }),
      getBucketLocation: () => ({ LocationConstraint: "eu-west-1" }),
      deleteObjects: (input: Values) => (received.push(input), { Deleted: [{ Key: "a & b" }] }),
      uploadPart: async ({ Body, ...input }: { Body: StreamingBody }) => (
        received.push({ ...input, text: await Body.text() }),
        { ETag: '"part"' }
      ),
      completeMultipartUpload: (input: Values) => (received.push(input), { ETag: '"whole"' }),
      copyObject: (input: Values) => (received.push(input), { CopyObjectResult: { ETag: '"copy"' } }),
    });
    const send = await v3("s3", local, { forcePathStyle: true });
    const Bucket = "photos";
    await send("PutObject", { Bucket, Key: "a b/ü.txt", Body: "hello", Metadata: { Kind: "note" } });
    await send("PutObject", {
      Bucket,
      Key: "stream",
      Body: Readable.from([Buffer.from("hel"), Buffer.from("lo")]),
      ContentLength: 5,
    });
    expect(received.splice(0)).toMatchObject([
      { Bucket, Key: "a b/ü.txt", Metadata: { kind: "note" }, ChecksumCRC32: expect.any(String) as string },
      { Bucket, Key: "stream" },
    ]);
    const object = await send("GetObject", { Bucket, Key: "stream" });
    const body = object["Body"] as { transformToString(): Promise<string> };
    expect([await body.transformToString(), object["ContentLength"], object["Metadata"]]).toEqual([
      "hello",
      5,
      { a: "b" },
    ]);
    expect(await failure(send("GetObject", { Bucket, Key: "none" }))).toMatchObject({
      name: "NoSuchKey",
      message: "The key does not exist",
      $metadata: { httpStatusCode: 404 },
    });
    expect(await failure(send("HeadObject", { Bucket, Key: "none" }))).toMatchObject({ name: "NotFound" });
    const { Contents } = await send("ListObjectsV2", { Bucket });
    expect((Contents as Values[]).map(({ Key }) => Key)).toEqual(["a b/ü.txt", "stream"]);
    expect((await send("ListBuckets", {}))["Buckets"]).toEqual([{ Name: "photos" }]);
    expect((await send("GetBucketLocation", { Bucket }))["LocationConstraint"]).toBe("eu-west-1");
    expect((await send("DeleteObjects", { Bucket, Delete: { Objects: [{ Key: "a & b" }] } }))["Deleted"]).toEqual([
      { Key: "a & b" },
    ]);
    await send("UploadPart", { Bucket, Key: "big", UploadId: "u", PartNumber: 1, Body: "part" });
    await send("CompleteMultipartUpload", {
      Bucket,
      Key: "big",
      UploadId: "u",
      MultipartUpload: { Parts: [{ ETag: "e", PartNumber: 1 }] },
    });
    await send("CopyObject", { Bucket, Key: "copy", CopySource: "photos/stream" });
    expect(received).toMatchObject([
      { Bucket, Delete: { Objects: [{ Key: "a & b" }] } },
      { Bucket, Key: "big", UploadId: "u", PartNumber: 1, text: "part" },
      { Bucket, Key: "big", UploadId: "u", MultipartUpload: { Parts: [{ ETag: "e", PartNumber: 1 }] } },
      { Bucket, Key: "copy", CopySource: "photos/stream" },
    ]);
    expect(local.requests.every(({ accessKeyId, region }) => accessKeyId !== undefined && region === "eu-west-1")).toBe(
      true,
    );
    expect(
      local.requests.find(({ operation, headers }) => operation === "PutObject" && "x-amz-trailer" in headers),
    ).toBeDefined();
  });

  it("DynamoDB (awsJson1_0), and the same over rpcv2Cbor", async () => {
    const service = await modelOf("dynamodb-2012-08-10");
    const item = { id: { S: "1" }, bytes: { B: new Uint8Array([1, 2]) }, list: { L: [{ N: "1.5" }, { NULL: true }] } };
    const handlers: Handlers = {
      putItem: ({ Item }: { Item: object }) => {
        expect(Item).toEqual(item);
        return { Attributes: item };
      },
      updateItem: () => {
        const Class = service.operations["updateItem"]?.errors?.find(
          ({ shape }) => shape.name === "ConditionalCheckFailedException",
        );
        if (!Class) throw new Error("the model has no such error");
        throw new Class({ message: "The conditional request failed", Item: item });
      },
      describeTable: ({ TableName }: { TableName: string }) => ({
        Table: { TableName, CreationDateTime: new Date(1500) },
      }),
    };
    const overCbor = { ...service, service: { ...service.service, protocol: rpcv2Cbor } };
    const { SmithyRpcV2CborProtocol } = await peer("@smithy/core/cbor");
    for (const [model, options] of [
      [service, {}],
      [overCbor, { protocol: SmithyRpcV2CborProtocol }],
    ] as const) {
      const local = await start(model, handlers);
      const send = await v3("dynamodb", local, options);
      const { Attributes } = await send("PutItem", { TableName: "t", Item: item });
      expect(structuredClone(Attributes)).toEqual(item);
      const error = await failure(send("UpdateItem", { TableName: "t", Key: { id: { S: "1" } } }));
      expect(error).toMatchObject({
        name: "ConditionalCheckFailedException",
        message: "The conditional request failed",
      });
      expect(structuredClone((error as unknown as Values)["Item"])).toEqual(item);
      const { Table } = await send("DescribeTable", { TableName: "tables" });
      expect(Table).toMatchObject({ TableName: "tables", CreationDateTime: new Date(1500) });
      const cbor = local.requests.map(({ headers }) => headers["content-type"] === "application/cbor");
      expect(cbor).toEqual([model === overCbor, model === overCbor, model === overCbor]);
    }
  });

  it("SNS (awsQuery)", async () => {
    const received: unknown[] = [];
    const local = await start(await modelOf("sns-2010-03-31"), {
      publish: (input: Values) => (received.push(input), { MessageId: "m-1" }),
      listTopics: () => ({ Topics: [{ TopicArn: "arn:aws:sns:eu-west-1:1:a" }], NextToken: "n" }),
      getTopicAttributes: () => ({ Attributes: { Owner: "1", Policy: '{"a":"<&>"}' } }),
      subscribe: () => {
        throw fault("NotFound", "Topic does not exist");
      },
    });
    const send = await v3("sns", local);
    const input = {
      TopicArn: "arn:aws:sns:eu-west-1:1:a",
      Message: "a=b&c d+é",
      MessageAttributes: { k: { DataType: "Binary", BinaryValue: new Uint8Array([255]) } },
    };
    expect((await send("Publish", input))["MessageId"]).toBe("m-1");
    expect(received).toEqual([input]);
    expect(await send("ListTopics", {})).toMatchObject({
      Topics: [{ TopicArn: "arn:aws:sns:eu-west-1:1:a" }],
      NextToken: "n",
    });
    expect((await send("GetTopicAttributes", { TopicArn: "a" }))["Attributes"]).toEqual({
      Owner: "1",
      Policy: '{"a":"<&>"}',
    });
    const error = await failure(send("Subscribe", { TopicArn: "arn:x", Protocol: "sms" }));
    expect(error).toMatchObject({
      message: "Topic does not exist",
      $metadata: { httpStatusCode: 404, requestId: expect.any(String) as string },
    });
  });

  it("Lambda (restJson1) and Route 53 (restXml)", async () => {
    const lambda = await start(await modelOf("lambda-2015-03-31"), {
      invoke: ({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) => ({
        StatusCode: 200,
        ExecutedVersion: FunctionName,
        Payload: Buffer.from(`{"got":${Buffer.from(Payload).toString()}}`),
      }),
      getFunction: () => {
        throw fault("ResourceNotFoundException", "Function not found");
      },
      listTags: ({ Resource }: { Resource: string }) => ({ Tags: { Resource } }),
    });
    const invoke = await v3("lambda", lambda);
    const output = await invoke("Invoke", { FunctionName: "f", Payload: '{"a":1}' });
    expect(Buffer.from(output["Payload"] as Uint8Array).toString()).toBe('{"got":{"a":1}}');
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: "f" });
    const lost = await failure(invoke("GetFunction", { FunctionName: "f" }));
    expect(lost).toMatchObject({ name: "ResourceNotFoundException", message: "Function not found" });
    const Resource = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    expect((await invoke("ListTags", { Resource }))["Tags"]).toEqual({ Resource });

    const changes: unknown[] = [];
    const route53 = await start(await modelOf("route-53-2013-04-01"), {
      changeResourceRecordSets: (input: Values) => (
        changes.push(input),
        { ChangeInfo: { Id: "/change/C1", Status: "PENDING", SubmittedAt: new Date(1000) } }
      ),
      getHostedZone: () => {
        throw fault("NoSuchHostedZone", "No hosted zone found");
      },
    });
    const send = await v3("route-53", route53);
    const ChangeBatch = {
      Changes: [
        {
          Action: "UPSERT",
          ResourceRecordSet: { Name: "a.example", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
        },
      ],
    };
    const { ChangeInfo } = await send("ChangeResourceRecordSets", { HostedZoneId: "/hostedzone/Z1", ChangeBatch });
    expect(ChangeInfo).toEqual({ Id: "/change/C1", Status: "PENDING", SubmittedAt: new Date(1000) });
    expect(changes).toEqual([{ HostedZoneId: "Z1", ChangeBatch }]);
    expect(await failure(send("GetHostedZone", { Id: "Z2" }))).toMatchObject({
      name: "NoSuchHostedZone",
      message: "No hosted zone found",
    });
  });

  it("EC2 (ec2Query), of version 2", async () => {
    const { model } = await serviceModel(readFileSync(peerFile("aws-sdk", "apis/ec2-2016-11-15.min.json"), "utf8"));
    const received: unknown[] = [];
    const local = await start(model, {
      describeInstances: (input: Values) => (
        received.push(input),
        {
          Reservations: [
            {
              ReservationId: "r-1",
              Instances: [{ InstanceId: "i-1", LaunchTime: new Date(0), Tags: [{ Key: "a", Value: "b" }] }],
            },
          ],
        }
      ),
      deleteVolume: () => {
        throw fault("InvalidVolume.NotFound", "The volume 'vol-1' does not exist.");
      },
    });
    const { EC2 } = await peer("aws-sdk");
    type Call = (input: object) => { promise(): Promise<Values> };
    const ec2 = new (EC2 as new (options: object) => { describeInstances: Call; deleteVolume: Call })({
      region: "eu-west-1",
      endpoint: local.endpoint,
      maxRetries: 0,
      ...testCredentials,
    });
    const input = { Filters: [{ Name: "tag:a", Values: ["b", "c"] }], MaxResults: 5, DryRun: false };
    const { Reservations } = await ec2.describeInstances(input).promise();
    expect(received).toEqual([input]);
    expect(Reservations).toMatchObject([
      {
        ReservationId: "r-1",
        Instances: [{ InstanceId: "i-1", LaunchTime: new Date(0), Tags: [{ Key: "a", Value: "b" }] }],
      },
    ]);
    const error = await failure(ec2.deleteVolume({ VolumeId: "vol-1" }).promise());
    expect(error).toMatchObject({
      code: "InvalidVolume.NotFound",
      message: "The volume 'vol-1' does not exist.",
      statusCode: 404,
    });
  }, 60_000);
});
