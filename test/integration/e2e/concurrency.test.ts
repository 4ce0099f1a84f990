import { CloudTrail, createTrail, listTrails, lookupEvents, TrailNotFoundException } from "@clientsmith/cloudtrail";
import { testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { failure, startCloudTrail, trailArn } from "./support/cloudtrail.js";

describe("one client", () => {
  it("makes many calls at once, each with its own response", async () => {
    const { client, service } = await startCloudTrail({ events: 400, client: { maxConnections: 8 } });
    const names = ["EventName", "Username", "EventSource", "ReadOnly"] as const;
    const values = ["DescribeInstances", "alice", "s3.amazonaws.com", "false"];
    const calls = Array.from({ length: 120 }, async (_, index) => {
      const which = index % names.length;
      const AttributeKey = names[which] ?? "EventName";
      const AttributeValue = values[which] ?? "";
      const { Events = [], $metadata } = await lookupEvents(client, {
        LookupAttributes: [{ AttributeKey, AttributeValue }],
        MaxResults: 5,
      });
      expect(Events).toHaveLength(5);
      for (const event of Events) expect(event[AttributeKey]).toBe(AttributeValue);
      return $metadata.requestId;
    });
    expect(new Set(await Promise.all(calls)).size).toBe(120);
    expect(service.requests).toHaveLength(120);
  });

  it("keeps the failure of one call from the others", async () => {
    const { client } = await startCloudTrail({
      faults: ({ number }) => (number === 2 ? { error: { name: "AccessDeniedException", status: 400 } } : undefined),
    });
    const results = await Promise.allSettled([1, 2, 3].map(() => listTrails(client)));
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  });
});

describe("the service object", () => {
  it("has every operation as a method, and paginators", async () => {
    const { service } = await startCloudTrail({ events: 120 });
    const cloudtrail = new CloudTrail({
      region: "us-east-1",
      endpoint: service.endpoint,
      credentials: testCredentials,
    });
    onTestFinished(() => cloudtrail.close());
    const TrailName = "audit";
    const { TrailARN: ResourceId = "" } = await cloudtrail.createTrail({
      Name: TrailName,
      S3BucketName: "example-logs",
    });
    expect(ResourceId).toBe(trailArn(TrailName));
    await cloudtrail.addTags({ ResourceId, TagsList: [{ Key: "team" }] });
    await cloudtrail.listTags({ ResourceIdList: [ResourceId] });
    await cloudtrail.removeTags({ ResourceId, TagsList: [{ Key: "team" }] });
    await cloudtrail.putEventSelectors({ TrailName, EventSelectors: [{}] });
    await cloudtrail.getEventSelectors({ TrailName });
    await cloudtrail.putInsightSelectors({ TrailName, InsightSelectors: [{ InsightType: "ApiCallRateInsight" }] });
    await cloudtrail.getInsightSelectors({ TrailName });
    await cloudtrail.startLogging({ Name: TrailName });
    await cloudtrail.getTrailStatus({ Name: TrailName });
    await cloudtrail.stopLogging({ Name: TrailName });
    await cloudtrail.updateTrail({ Name: TrailName, S3KeyPrefix: "prefix" });
    await cloudtrail.getTrail({ Name: TrailName });
    await cloudtrail.describeTrails();
    await cloudtrail.listTrails();
    await cloudtrail.listPublicKeys();
    await cloudtrail.lookupEvents({ MaxResults: 1 });
    await cloudtrail.deleteTrail({ Name: TrailName });
    expect(new Set(service.requests.map(({ operation }) => operation)).size).toBe(18);
    expect(service.requests.every(({ status }) => status === 200)).toBe(true);

    const ids = new Set<string | undefined>();
    for await (const { EventId } of cloudtrail.paginateLookupEvents({}).items()) ids.add(EventId);
    expect(ids.size).toBe(120);
    expect(await failure(cloudtrail.getTrail({ Name: TrailName }))).toBeInstanceOf(TrailNotFoundException);
  });

  it("is a client too, for the functions", async () => {
    const { service } = await startCloudTrail();
    const cloudtrail = new CloudTrail({
      region: "us-east-1",
      endpoint: service.endpoint,
      credentials: testCredentials,
    });
    onTestFinished(() => cloudtrail.close());
    await createTrail(cloudtrail, { Name: "audit", S3BucketName: "example-logs" });
    expect((await cloudtrail.listTrails()).Trails).toHaveLength(1);
  });
});
