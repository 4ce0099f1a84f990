import {
  type CloudTrail,
  type CloudTrailClient,
  type CreateTrailRequest,
  createTrail,
  getTrail,
  type LookupEventsRequest,
  lookupEvents,
  type PutInsightSelectorsRequest,
  type Tag,
  validateGetTrailRequest,
} from "@clientsmith/cloudtrail";
import type { CallOptions, ValidationIssue } from "@clientsmith/runtime";
import { Client } from "@clientsmith/runtime/codegen/v1";
import { expectTypeOf } from "vitest";

declare const client: CloudTrailClient;
declare const cloudtrail: CloudTrail;

/** Inputs: what must be there, what may be, what is rejected while it is written. */
export function inputs(): void {
  expectTypeOf<CreateTrailRequest["Name"]>().toEqualTypeOf<string>();
  expectTypeOf<CreateTrailRequest["S3KeyPrefix"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<{ Name: string; S3BucketName: string; S3KeyPrefix: undefined }>().toExtend<CreateTrailRequest>();
  expectTypeOf<{ Name: string }>().not.toExtend<CreateTrailRequest>();
  expectTypeOf<{ Name: string; S3BucketName: undefined }>().not.toExtend<CreateTrailRequest>();
  expectTypeOf<{ TrailName: string; InsightSelectors: [] }>().toExtend<PutInsightSelectorsRequest>();

  void createTrail(client, { Name: "audit", S3BucketName: "logs", TagsList: [{ Key: "team", Value: undefined }] });
  // @ts-expect-error: S3BucketName is missing
  void createTrail(client, { Name: "audit" });
  // @ts-expect-error: there is no member Nmae
  void getTrail(client, { Name: "audit", Nmae: "audit" });
  // @ts-expect-error: a member in the input has another type
  void getTrail(client, { Name: 1 });
  // @ts-expect-error: a nested member is misspelt
  void createTrail(client, { Name: "audit", S3BucketName: "logs", TagsList: [{ key: "team" }] });
  // @ts-expect-error: an input with a required member cannot be left out
  void getTrail(client);
  // @ts-expect-error: options are not an input
  void lookupEvents(client, { signal: AbortSignal.timeout(1) });
  // @ts-expect-error: there is no such option of a call
  void lookupEvents(client, {}, { timeout: 1 });

  // Where nothing is required, the input can be left out.
  void lookupEvents(client);
  void cloudtrail.lookupEvents();
  expectTypeOf(cloudtrail.getTrail).parameters.toEqualTypeOf<
    [input: Parameters<typeof getTrail>[1], options?: CallOptions | undefined]
  >();
}

/** The client of another service, as its package would declare it. */
declare class AthenaClient extends Client {
  declare readonly service: "Athena";
}

/** An operation takes the client of its own service only, or that service's object. */
export function clients(athena: AthenaClient, anyClient: Client): void {
  void getTrail(client, { Name: "audit" });
  void getTrail(cloudtrail, { Name: "audit" });
  // @ts-expect-error: a client of another service
  void getTrail(athena, { Name: "audit" });
  // @ts-expect-error: a client of nobody knows which service
  void getTrail(anyClient, { Name: "audit" });
  // @ts-expect-error: options are no client
  void getTrail({ region: "us-east-1" }, { Name: "audit" });
}

/** A caller's own data may be read-only. */
export function readonlyInputs(): void {
  const tags: readonly Tag[] = [{ Key: "team", Value: "audit" }] as const;
  void createTrail(client, { Name: "audit", S3BucketName: "logs", TagsList: tags });
  expectTypeOf<{ readonly trailNameList: readonly string[] }>().toExtend<
    Parameters<typeof import("@clientsmith/cloudtrail").describeTrails>[1]
  >();
}

/** Enums are open: what is known is offered, what is new is taken. */
export function openEnums(): void {
  void lookupEvents(client, { EventCategory: "insight" });
  void lookupEvents(client, { EventCategory: "a category of tomorrow" });
  expectTypeOf<"insight">().toExtend<LookupEventsRequest["EventCategory"]>();
  expectTypeOf<string>().toExtend<LookupEventsRequest["EventCategory"]>();
  // `string` alone would swallow the known values, and with them an editor's completion.
  expectTypeOf<Extract<LookupEventsRequest["EventCategory"], "insight">>().toEqualTypeOf<"insight">();
  expectTypeOf<number>().not.toExtend<LookupEventsRequest["EventCategory"]>();
}

export function timestampsAndNumbers(): void {
  expectTypeOf<LookupEventsRequest["StartTime"]>().toEqualTypeOf<Date | undefined>();
  expectTypeOf<LookupEventsRequest["MaxResults"]>().toEqualTypeOf<number | undefined>();
  // @ts-expect-error: the core never coerces
  void lookupEvents(client, { StartTime: "2024-01-01T00:00:00Z" });
}

export function validators(): void {
  expectTypeOf(validateGetTrailRequest).toEqualTypeOf<(value: unknown) => ValidationIssue[]>();
}
