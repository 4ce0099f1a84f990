import {
  type Event,
  InvalidEventCategoryException,
  InvalidLookupAttributesException,
  InvalidMaxResultsException,
  InvalidNextTokenException,
  InvalidTimeRangeException,
  type LookupAttributeKey,
  lookupEvents,
  type LookupEventsRequest,
  paginateLookupEvents,
} from "@clientsmith/cloudtrail";
import { describe, expect, it } from "vitest";
import { accountId, failure, now, startCloudTrail } from "./support/cloudtrail.js";

const total = 3_000;

async function collect(items: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function withEvents() {
  const { client, service, clientOf } = await startCloudTrail({ events: total });
  const all = (input: LookupEventsRequest = {}) => collect(paginateLookupEvents(client, input).items());
  return { client, service, clientOf, all };
}

describe("pages of events", () => {
  it("hold 50 each, thousands of events in all, the most recent first, each once", async () => {
    const { client, service } = await withEvents();
    const events: Event[] = [];
    let pages = 0;
    for await (const { Events = [], NextToken } of paginateLookupEvents(client)) {
      expect(Events).toHaveLength(50);
      expect(NextToken === undefined).toBe(++pages === total / 50);
      events.push(...Events);
    }
    expect(events).toHaveLength(total);
    expect(service.requests).toHaveLength(total / 50);
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(total);
    const times = events.map(({ EventTime }) => EventTime?.getTime() ?? 0);
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    expect(times[0]).toBeLessThanOrEqual(now);
    expect(times.at(-1)).toBeGreaterThan(now - 90 * 86_400_000);
  });

  it("are requested as far as items are wanted", async () => {
    const { client, service } = await withEvents();
    const events = await collect(paginateLookupEvents(client, {}, { pageSize: 20 }).items({ limit: 50 }));
    expect(events).toHaveLength(50);
    expect(service.requests.map(({ input }) => (input as LookupEventsRequest).MaxResults)).toEqual([20, 20, 20]);
  });

  it("can be gone on with from a token kept", async () => {
    const { client, all } = await withEvents();
    const everything = await all();
    const first = paginateLookupEvents(client);
    let seen = 0;
    for await (const { Events = [] } of first.pages({ maxPages: 2 })) seen += Events.length;
    expect(seen).toBe(100);
    const startToken = first.nextToken;
    const [rest] = await collect(paginateLookupEvents(client, {}, { startToken }).items({ limit: 1 }));
    expect(rest).toEqual(everything[100]);
  });

  it("are the same in every run, and others in another region", async () => {
    const [one, other] = [await withEvents(), await withEvents()];
    const [first] = (await lookupEvents(one.client)).Events ?? [];
    expect((await lookupEvents(other.client)).Events?.[0]).toEqual(first);
    const abroad = one.clientOf({ region: "eu-west-1" });
    expect((await lookupEvents(abroad)).Events?.[0]?.EventId).not.toBe(first?.EventId);
  });
});

describe("an event", () => {
  it("has the members of the model, and a record as JSON", async () => {
    const { all } = await withEvents();
    const event = (await all()).find(({ Resources }) => Resources?.length);
    expect(event).toEqual({
      EventId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      EventName: expect.any(String),
      ReadOnly: expect.stringMatching(/^(true|false)$/),
      AccessKeyId: expect.stringMatching(/^AKIA/),
      EventTime: expect.any(Date),
      EventSource: expect.stringMatching(/\.amazonaws\.com$/),
      Username: expect.any(String),
      Resources: [{ ResourceType: expect.stringMatching(/^AWS::/), ResourceName: expect.any(String) }],
      CloudTrailEvent: expect.any(String),
    });
    expect(JSON.parse(event?.CloudTrailEvent ?? "")).toMatchObject({
      eventID: event?.EventId,
      eventName: event?.EventName,
      eventTime: event?.EventTime?.toISOString().replace(".000Z", "Z"),
      awsRegion: "us-east-1",
      recipientAccountId: accountId,
      userIdentity: { userName: event?.Username },
    });
  });
});

describe("looking up", () => {
  const valueOf: Record<string, (event: Event) => string | undefined> = {
    EventId: ({ EventId }) => EventId,
    EventName: ({ EventName }) => EventName,
    ReadOnly: ({ ReadOnly }) => ReadOnly,
    Username: ({ Username }) => Username,
    ResourceType: ({ Resources }) => Resources?.[0]?.ResourceType,
    ResourceName: ({ Resources }) => Resources?.[0]?.ResourceName,
    EventSource: ({ EventSource }) => EventSource,
    AccessKeyId: ({ AccessKeyId }) => AccessKeyId,
  };

  it("by each attribute finds exactly the events that have it", async () => {
    const { all } = await withEvents();
    const everything = await all();
    const sample = everything.find(({ Resources }) => Resources?.length);
    for (const [key, value] of Object.entries(valueOf)) {
      const AttributeValue = value(sample ?? {}) ?? "";
      expect(AttributeValue).not.toBe("");
      const found = await all({ LookupAttributes: [{ AttributeKey: key as LookupAttributeKey, AttributeValue }] });
      const expected = everything.filter((event) => value(event) === AttributeValue);
      expect(found.map(({ EventId }) => EventId)).toEqual(expected.map(({ EventId }) => EventId));
    }
  });

  it("by time takes both ends in", async () => {
    const { all } = await withEvents();
    const everything = await all();
    const [EndTime, StartTime] = [everything[500]?.EventTime, everything[700]?.EventTime];
    const found = await all({ StartTime, EndTime });
    expect(found.length).toBeGreaterThanOrEqual(201);
    expect(found.map(({ EventId }) => EventId)).toEqual(
      everything
        .filter(({ EventTime }) => EventTime && StartTime && EndTime && EventTime >= StartTime && EventTime <= EndTime)
        .map(({ EventId }) => EventId),
    );
  });

  it("of Insights finds those and no others", async () => {
    const { all } = await withEvents();
    const management = new Set((await all()).map(({ EventId }) => EventId));
    const insights = await all({ EventCategory: "insight" });
    expect(insights).toHaveLength(30);
    expect(insights.filter(({ EventId }) => management.has(EventId))).toEqual([]);
    expect(JSON.parse(insights[0]?.CloudTrailEvent ?? "")).toMatchObject({
      eventCategory: "Insight",
      insightDetails: { state: "End", insightType: "ApiCallRateInsight" },
    });
    const AttributeValue = insights[0]?.EventName ?? "";
    const named = await all({
      EventCategory: "insight",
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue }],
    });
    expect(named.length).toBe(insights.filter(({ EventName }) => EventName === AttributeValue).length);
  });

  it("finds nothing in an account without events", async () => {
    const { client } = await startCloudTrail({ events: 0 });
    const { Events, NextToken } = await lookupEvents(client);
    expect([Events, NextToken]).toEqual([[], undefined]);
  });

  const two = [1, 2].map((number) => ({ AttributeKey: "EventName", AttributeValue: `e${number}` }));
  it.each<[string, LookupEventsRequest, abstract new (...parameters: never[]) => Error]>([
    ["51 results", { MaxResults: 51 }, InvalidMaxResultsException],
    ["no results", { MaxResults: 0 }, InvalidMaxResultsException],
    ["two attributes", { LookupAttributes: two }, InvalidLookupAttributesException],
    [
      "an unknown attribute",
      { LookupAttributes: [{ AttributeKey: "Color", AttributeValue: "red" }] },
      InvalidLookupAttributesException,
    ],
    [
      "an attribute that Insights events lack",
      { EventCategory: "insight", LookupAttributes: [{ AttributeKey: "Username", AttributeValue: "alice" }] },
      InvalidLookupAttributesException,
    ],
    [
      "a ReadOnly that is neither",
      { LookupAttributes: [{ AttributeKey: "ReadOnly", AttributeValue: "maybe" }] },
      InvalidLookupAttributesException,
    ],
    ["an unknown category", { EventCategory: "gossip" }, InvalidEventCategoryException],
    [
      "an end before the start",
      { StartTime: new Date(now), EndTime: new Date(now - 1_000) },
      InvalidTimeRangeException,
    ],
    ["a token made up", { NextToken: "token" }, InvalidNextTokenException],
  ])("is rejected with %s", async (_what, input, error) => {
    const { client } = await startCloudTrail({ client: { validation: false } });
    expect(await failure(lookupEvents(client, input))).toBeInstanceOf(error);
  });

  it("takes a token with the parameters that it was given for only", async () => {
    const { client } = await withEvents();
    const { NextToken } = await lookupEvents(client, { MaxResults: 10 });
    expect((await lookupEvents(client, { NextToken })).Events).toHaveLength(50);
    const LookupAttributes = [{ AttributeKey: "ReadOnly" as const, AttributeValue: "true" }];
    expect(await failure(lookupEvents(client, { NextToken, LookupAttributes }))).toBeInstanceOf(
      InvalidNextTokenException,
    );
  });
});
