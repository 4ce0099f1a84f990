import {
  type AdvancedFieldSelector,
  type CloudTrailClient,
  createTrail,
  type EventSelector,
  getEventSelectors,
  getInsightSelectors,
  getTrail,
  InsightNotEnabledException,
  InvalidEventSelectorsException,
  InvalidHomeRegionException,
  InvalidInsightSelectorsException,
  putEventSelectors,
  putInsightSelectors,
  TrailNotFoundException,
} from "@clientsmith/cloudtrail";
import { describe, expect, it } from "vitest";
import { failure, startCloudTrail, trailArn } from "./support/cloudtrail.js";

const TrailName = "audit";

async function withTrail(): Promise<CloudTrailClient> {
  const { client } = await startCloudTrail();
  await createTrail(client, { Name: TrailName, S3BucketName: "example-logs" });
  return client;
}

async function isCustom(client: CloudTrailClient): Promise<boolean | undefined> {
  return (await getTrail(client, { Name: TrailName })).Trail?.HasCustomEventSelectors;
}

function resources(count: number): EventSelector {
  const Values = Array.from({ length: count }, (_, index) => `arn:aws:s3:::bucket-${index}/`);
  return { DataResources: [{ Type: "AWS::S3::Object", Values }] };
}

describe("event selectors", () => {
  it("log every management event until others are put", async () => {
    const client = await withTrail();
    const { $metadata: _, ...selectors } = await getEventSelectors(client, { TrailName });
    expect(selectors).toEqual({
      TrailARN: trailArn(TrailName),
      EventSelectors: [
        { ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
      ],
    });
    expect(await isCustom(client)).toBe(false);
  });

  it("are put with their defaults filled in, and either kind replaces the other", async () => {
    const client = await withTrail();
    const basic = await putEventSelectors(client, {
      TrailName: trailArn(TrailName),
      EventSelectors: [{ ReadWriteType: "WriteOnly", ExcludeManagementEventSources: ["kms.amazonaws.com"] }],
    });
    expect(basic.EventSelectors).toEqual([
      {
        ReadWriteType: "WriteOnly",
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: ["kms.amazonaws.com"],
      },
    ]);
    expect(await isCustom(client)).toBe(true);

    const AdvancedEventSelectors = [
      {
        Name: "two buckets",
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Data"] },
          { Field: "resources.type", Equals: ["AWS::S3::Object"] },
          { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::bucket-1/", "arn:aws:s3:::bucket-2/"] },
          { Field: "eventName", NotEndsWith: ["Acl"] },
        ],
      },
      {
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Management"] },
          { Field: "readOnly", Equals: ["false"] },
          { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] },
        ],
      },
    ];
    await putEventSelectors(client, { TrailName, AdvancedEventSelectors });
    const { $metadata: _, ...advanced } = await getEventSelectors(client, { TrailName });
    expect(advanced).toEqual({ TrailARN: trailArn(TrailName), AdvancedEventSelectors });
  });

  it.each<[string, EventSelector[]]>([
    ["six selectors", Array.from({ length: 6 }, () => ({}))],
    ["251 data resources in all", [resources(200), resources(51)]],
    ["a resource type of advanced selectors", [{ DataResources: [{ Type: "AWS::EC2::Snapshot", Values: ["arn"] }] }]],
    ["a resource without a type", [{ DataResources: [{ Values: ["arn:aws:s3:::"] }] }]],
    ["an unknown read/write type", [{ ReadWriteType: "Neither" }]],
    ["an event source that cannot be left out", [{ ExcludeManagementEventSources: ["s3.amazonaws.com"] }]],
    ["no selector", []],
  ])("are rejected with %s", async (_what, EventSelectors) => {
    const client = await withTrail();
    const error = await failure(putEventSelectors(client, { TrailName, EventSelectors }));
    expect(error).toBeInstanceOf(InvalidEventSelectorsException);
    expect(await isCustom(client)).toBe(false);
  });

  it("may name 250 data resources", async () => {
    const client = await withTrail();
    await putEventSelectors(client, { TrailName, EventSelectors: [resources(200), resources(50)] });
    expect(await isCustom(client)).toBe(true);
  });

  const data = [
    { Field: "eventCategory", Equals: ["Data"] },
    { Field: "resources.type", Equals: ["AWS::S3::Object"] },
  ];
  const many = { Field: "eventName", Equals: Array.from({ length: 499 }, (_, index) => `Get${index}`) };
  it.each<[string, AdvancedFieldSelector[]]>([
    ["no category", [{ Field: "readOnly", Equals: ["true"] }]],
    ["two categories", [{ Field: "eventCategory", Equals: ["Data", "Management"] }]],
    ["an unknown category", [{ Field: "eventCategory", Equals: ["Insight"] }]],
    ["a category by another operator", [{ Field: "eventCategory", StartsWith: ["Data"] }]],
    ["no resource type", [{ Field: "eventCategory", Equals: ["Data"] }]],
    ["two resource types", [...data, { Field: "resources.type", Equals: ["AWS::EC2::Snapshot"] }]],
    ["an unknown field", [...data, { Field: "constructor", Equals: ["x"] }]],
    ["a field of the other category", [...data, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }]],
    ["a condition without values", [...data, { Field: "eventName" }]],
    ["another readOnly", [...data, { Field: "readOnly", Equals: ["maybe"] }]],
    ["501 values", [...data, many]],
  ])("of the advanced kind are rejected with %s", async (_what, FieldSelectors) => {
    const client = await withTrail();
    const AdvancedEventSelectors = [{ FieldSelectors }];
    const error = await failure(putEventSelectors(client, { TrailName, AdvancedEventSelectors }));
    expect(error).toBeInstanceOf(InvalidEventSelectorsException);
  });

  it("are of one kind at a time", async () => {
    const client = await withTrail();
    const input = { TrailName, EventSelectors: [{}], AdvancedEventSelectors: [{ FieldSelectors: data }] };
    expect(await failure(putEventSelectors(client, input))).toBeInstanceOf(InvalidEventSelectorsException);
  });

  it("belong to a trail of this region", async () => {
    const { client, clientOf } = await startCloudTrail();
    const input = { TrailName, EventSelectors: [{}] };
    expect(await failure(putEventSelectors(client, input))).toBeInstanceOf(TrailNotFoundException);
    expect(await failure(getEventSelectors(client, { TrailName }))).toBeInstanceOf(TrailNotFoundException);
    await createTrail(client, { Name: TrailName, S3BucketName: "example-logs", IsMultiRegionTrail: true });
    const abroad = clientOf({ region: "eu-west-1" });
    expect(await failure(putEventSelectors(abroad, input))).toBeInstanceOf(InvalidHomeRegionException);
  });
});

describe("insight selectors", () => {
  it("are switched on and off", async () => {
    const client = await withTrail();
    expect(await failure(getInsightSelectors(client, { TrailName }))).toBeInstanceOf(InsightNotEnabledException);
    const InsightSelectors = [{ InsightType: "ApiCallRateInsight" }];
    const { $metadata: _, ...put } = await putInsightSelectors(client, { TrailName, InsightSelectors });
    expect(put).toEqual({ TrailARN: trailArn(TrailName), InsightSelectors });
    expect(await getInsightSelectors(client, { TrailName })).toMatchObject({ InsightSelectors });
    expect((await getTrail(client, { Name: TrailName })).Trail?.HasInsightSelectors).toBe(true);
    await putInsightSelectors(client, { TrailName, InsightSelectors: [] });
    expect(await failure(getInsightSelectors(client, { TrailName }))).toBeInstanceOf(InsightNotEnabledException);
  });

  it.each([
    ["an unknown type", [{ InsightType: "Unknown" }]],
    ["no type", [{}]],
    ["a type twice", [{ InsightType: "ApiCallRateInsight" }, { InsightType: "ApiCallRateInsight" }]],
  ])("are rejected with %s", async (_what, InsightSelectors) => {
    const client = await withTrail();
    const error = await failure(putInsightSelectors(client, { TrailName, InsightSelectors }));
    expect(error).toBeInstanceOf(InvalidInsightSelectorsException);
  });
});
