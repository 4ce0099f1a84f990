import {
  CloudTrailARNInvalidException,
  type CloudTrailClient,
  createTrail,
  type CreateTrailRequest,
  deleteTrail,
  describeTrails,
  getTrail,
  InvalidHomeRegionException,
  InvalidTrailNameException,
  listTrails,
  MaximumNumberOfTrailsExceededException,
  paginateListTrails,
  TrailAlreadyExistsException,
  TrailNotFoundException,
  updateTrail,
} from "@clientsmith/cloudtrail";
import { isServiceError, ValidationError } from "@clientsmith/runtime";
import { describe, expect, it } from "vitest";
import { accountId, failure, startCloudTrail, trailArn } from "./support/cloudtrail.js";

const audit = { Name: "audit", S3BucketName: "example-logs" };

function names(trails: readonly { Name?: string }[] | undefined): (string | undefined)[] {
  return (trails ?? []).map(({ Name }) => Name);
}

async function createMany(client: CloudTrailClient, ...trails: string[]): Promise<void> {
  for (const Name of trails) await createTrail(client, { ...audit, Name });
}

describe("createTrail, getTrail", () => {
  it("create a trail and read it by name and by ARN", async () => {
    const { client, service } = await startCloudTrail();
    const created = await createTrail(client, audit);
    expect(created).toEqual({
      Name: "audit",
      S3BucketName: "example-logs",
      TrailARN: trailArn("audit"),
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: false,
      LogFileValidationEnabled: false,
      IsOrganizationTrail: false,
      $metadata: {
        status: 200,
        requestId: "00000000-0000-4000-8000-000000000001",
        attempts: 1,
        totalRetryDelay: 0,
        endpoint: service.endpoint,
        clockOffset: 0,
      },
    });
    for (const Name of ["audit", trailArn("audit")]) {
      const { Trail } = await getTrail(client, { Name });
      expect(Trail).toMatchObject({
        Name: "audit",
        HomeRegion: "us-east-1",
        TrailARN: trailArn("audit"),
        HasCustomEventSelectors: false,
        HasInsightSelectors: false,
      });
    }
    expect(service.requests.map(({ operation }) => operation)).toEqual(["CreateTrail", "GetTrail", "GetTrail"]);
  });

  it("return every setting", async () => {
    const { client } = await startCloudTrail();
    const key = "12345678-1234-1234-1234-123456789012";
    const created = await createTrail(client, {
      ...audit,
      S3KeyPrefix: "trails",
      SnsTopicName: "deliveries",
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${accountId}:log-group:trails:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/trails`,
      KmsKeyId: key,
      IsOrganizationTrail: false,
    });
    expect(created).toMatchObject({
      S3KeyPrefix: "trails",
      SnsTopicARN: `arn:aws:sns:us-east-1:${accountId}:deliveries`,
      IsMultiRegionTrail: true,
      LogFileValidationEnabled: true,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${accountId}:log-group:trails:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/trails`,
      KmsKeyId: `arn:aws:kms:us-east-1:${accountId}:key/${key}`,
    });
  });

  it.each([
    ["alias/logs", `arn:aws:kms:us-east-1:${accountId}:key/`],
    [`arn:aws:kms:eu-west-1:${accountId}:alias/logs`, `arn:aws:kms:eu-west-1:${accountId}:key/`],
    [
      `arn:aws:kms:eu-west-1:${accountId}:key/12345678-1234-1234-1234-123456789012`,
      `arn:aws:kms:eu-west-1:${accountId}:key/12345678-1234-1234-1234-123456789012`,
    ],
  ])("return the key %s by its ARN", async (KmsKeyId, start) => {
    const { client } = await startCloudTrail();
    const created = await createTrail(client, { ...audit, KmsKeyId });
    expect(created.KmsKeyId?.startsWith(start)).toBe(true);
    expect(created.KmsKeyId).toMatch(/key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("reject a second trail of a name, and a sixth one in a region", async () => {
    const { client, clientOf } = await startCloudTrail();
    await createMany(client, "audit");
    const exists = await failure(createTrail(client, audit));
    expect(exists).toBeInstanceOf(TrailAlreadyExistsException);
    expect(exists).toMatchObject({ fault: "client", status: 400, operation: "CreateTrail", attempts: 1 });
    await createMany(client, "t-2", "t-3", "t-4", "t-5");
    const tooMany = await failure(createTrail(client, { ...audit, Name: "t-6" }));
    expect(tooMany).toBeInstanceOf(MaximumNumberOfTrailsExceededException);
    expect(tooMany).toMatchObject({ status: 403 });
    await createMany(clientOf({ region: "eu-west-1" }), "audit");
  });

  it.each<[string, Partial<CreateTrailRequest>]>([
    ["InvalidTrailNameException", { Name: "a" }],
    ["InvalidTrailNameException", { Name: "my--namespace" }],
    ["InvalidTrailNameException", { Name: "192.168.5.4" }],
    ["InvalidTrailNameException", { Name: "x".repeat(129) }],
    ["InvalidS3BucketNameException", { S3BucketName: "Not_A_Bucket" }],
    ["InvalidS3PrefixException", { S3KeyPrefix: "x".repeat(201) }],
    ["InvalidSnsTopicNameException", { SnsTopicName: "x".repeat(257) }],
    ["InvalidKmsKeyIdException", { KmsKeyId: "no key" }],
    ["InvalidCloudWatchLogsLogGroupArnException", { CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/r" }],
    ["InvalidCloudWatchLogsRoleArnException", { CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:1:log-group:g" }],
    ["InvalidParameterCombinationException", { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }],
    ["NotOrganizationMasterAccountException", { IsOrganizationTrail: true }],
    ["TagsLimitExceededException", { TagsList: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` })) }],
    ["InvalidTagParameterException", { TagsList: [{ Key: "k" }, { Key: "k", Value: "v" }] }],
  ])("return %s", async (name, input) => {
    // What the client could find by itself is left to the service.
    const { client, service } = await startCloudTrail({ client: { validation: false } });
    const error = await failure(createTrail(client, { ...audit, ...input }));
    expect(error).toMatchObject({ code: "Service", name });
    expect(service.requests[0]).toMatchObject({ error: name });
    expect((await listTrails(client)).Trails).toEqual([]);
  });

  it("find what is wrong before anything is sent, all at once", async () => {
    const { client, service } = await startCloudTrail();
    const input = { Name: "a", TagsList: [{ Value: "v" }, { Key: 1 }], Nmae: "b" } as object as CreateTrailRequest;
    const error = await failure(createTrail(client, input));
    expect(error).toBeInstanceOf(ValidationError);
    const paths = (error as ValidationError).issues.map(({ path }) => path.join("."));
    expect(paths.toSorted()).toEqual(["Name", "Nmae", "S3BucketName", "TagsList.0.Key", "TagsList.1.Key"]);
    expect(service.requests).toEqual([]);
  });
});

describe("updateTrail, deleteTrail", () => {
  it("change what is given and nothing else", async () => {
    const { client } = await startCloudTrail();
    await createTrail(client, { ...audit, S3KeyPrefix: "a", SnsTopicName: "deliveries" });
    const updated = await updateTrail(client, { Name: "audit", S3KeyPrefix: "b", EnableLogFileValidation: true });
    expect(updated).toMatchObject({
      S3BucketName: "example-logs",
      S3KeyPrefix: "b",
      SnsTopicARN: `arn:aws:sns:us-east-1:${accountId}:deliveries`,
      LogFileValidationEnabled: true,
    });
    expect((await getTrail(client, { Name: "audit" })).Trail?.S3KeyPrefix).toBe("b");
  });

  it("remove a trail, once", async () => {
    const { client } = await startCloudTrail();
    await createMany(client, "audit");
    expect(Object.keys(await deleteTrail(client, { Name: trailArn("audit") }))).toEqual(["$metadata"]);
    const error = await failure(deleteTrail(client, { Name: "audit" }));
    expect(error).toBeInstanceOf(TrailNotFoundException);
    expect(error).toMatchObject({ status: 404, fault: "client", name: "TrailNotFoundException" });
    expect((error as Error).message).toContain("audit");
  });

  it("are rejected outside the home region, and a shadow is read by its ARN only", async () => {
    const { client, clientOf } = await startCloudTrail();
    const abroad = clientOf({ region: "eu-west-1" });
    await createTrail(client, { ...audit, IsMultiRegionTrail: true });
    await createTrail(client, { ...audit, Name: "local" });
    for (const Name of ["audit", trailArn("audit")]) {
      expect(await failure(deleteTrail(abroad, { Name }))).toBeInstanceOf(InvalidHomeRegionException);
      expect(await failure(updateTrail(abroad, { Name }))).toBeInstanceOf(InvalidHomeRegionException);
    }
    expect((await getTrail(abroad, { Name: trailArn("audit") })).Trail?.HomeRegion).toBe("us-east-1");
    expect(await failure(getTrail(abroad, { Name: "audit" }))).toBeInstanceOf(TrailNotFoundException);
    expect(await failure(getTrail(abroad, { Name: trailArn("local") }))).toBeInstanceOf(TrailNotFoundException);
  });

  it("take an ARN for an ARN", async () => {
    const { client } = await startCloudTrail();
    const error = await failure(deleteTrail(client, { Name: "arn:aws:cloudtrail:us-east-1:12:trail/audit" }));
    expect(error).toBeInstanceOf(CloudTrailARNInvalidException);
    expect(await failure(deleteTrail(client, { Name: "-audit" }))).toBeInstanceOf(InvalidTrailNameException);
  });
});

describe("describeTrails", () => {
  it("returns the region's trails, with or without shadows, by name or ARN", async () => {
    const { client, clientOf } = await startCloudTrail();
    const west = clientOf({ region: "us-west-2" });
    await createTrail(client, { ...audit, Name: "everywhere", IsMultiRegionTrail: true });
    await createMany(client, "east");
    await createMany(west, "west");
    const found = async (input: Parameters<typeof describeTrails>[1]) =>
      names((await describeTrails(west, input)).trailList);
    expect(await found({})).toEqual(["everywhere", "west"]);
    expect(await found({ trailNameList: [] })).toEqual(["everywhere", "west"]);
    expect(await found({ includeShadowTrails: false })).toEqual(["west"]);
    expect(await found({ trailNameList: ["west", "everywhere", "nothing"] })).toEqual(["west"]);
    expect(await found({ trailNameList: [trailArn("everywhere")] })).toEqual(["everywhere"]);
  });

  it("reports which of its names is unknown", async () => {
    const { client } = await startCloudTrail();
    const error = await failure(describeTrails(client, { trailNameList: ["audit", "no name"] }));
    expect(error).toBeInstanceOf(InvalidTrailNameException);
    expect((error as Error).message).toContain("trailNameList[1]");
  });
});

describe("listTrails", () => {
  it("pages through the trails of all regions", async () => {
    const { client, clientOf, service } = await startCloudTrail();
    for (const region of ["eu-west-1", "us-east-1", "us-west-2"]) {
      await createMany(clientOf({ region }), "t-1", "t-2", "t-3", "t-4", "t-5");
    }
    const before = service.requests.length;
    const pages = [];
    for await (const { Trails } of paginateListTrails(client)) pages.push(Trails);
    expect(pages.map((page) => page?.length)).toEqual([10, 5]);
    expect(service.requests.length - before).toBe(2);
    expect(pages.flat().at(-1)).toEqual({
      TrailARN: trailArn("t-5", "us-west-2"),
      Name: "t-5",
      HomeRegion: "us-west-2",
    });
  });

  it("rejects a token of another origin", async () => {
    const { client } = await startCloudTrail();
    const error = await failure(listTrails(client, { NextToken: "made-up" }));
    // An error that the model does not give this operation.
    expect(isServiceError(error, "InvalidTokenException")).toBe(true);
  });
});
