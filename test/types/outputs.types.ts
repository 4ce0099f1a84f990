import {
  type CloudTrailClient,
  type Event,
  type EventSelector,
  getTrail,
  type GetTrailResponse,
  listPublicKeys,
  listTags,
  listTrails,
  type LookupEventsResponse,
  lookupEvents,
  paginateListPublicKeys,
  paginateListTags,
  paginateListTrails,
  paginateLookupEvents,
  type PublicKey,
  type ResourceTag,
  type Trail,
  type TrailInfo,
} from "@clientsmith/cloudtrail";
import type { MetadataBearer } from "@clientsmith/runtime";
import { expectTypeOf } from "vitest";

declare const client: CloudTrailClient;

type Output<Call extends (...parameters: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;

/** Outputs: optional members may be absent, and are never there as undefined. */
export function outputs(): void {
  expectTypeOf<Output<typeof getTrail>>().toEqualTypeOf<GetTrailResponse & MetadataBearer>();
  expectTypeOf<Output<typeof getTrail>["Trail"]>().toEqualTypeOf<Trail | undefined>();
  expectTypeOf<Output<typeof getTrail>["$metadata"]["requestId"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<object>().toExtend<GetTrailResponse>();
  expectTypeOf<{ Trail: undefined }>().not.toExtend<GetTrailResponse>();
  expectTypeOf<LookupEventsResponse["Events"]>().toEqualTypeOf<Event[] | undefined>();
  expectTypeOf<Event["EventTime"]>().toEqualTypeOf<Date | undefined>();
  expectTypeOf<PublicKey["Value"]>().toEqualTypeOf<Uint8Array | undefined>();
  expectTypeOf<string>().toExtend<EventSelector["ReadWriteType"]>();
}

/** Pages are outputs of the operation; items are the elements of the list that the model names. */
export function paginators(): void {
  const pages = paginateLookupEvents(client);
  expectTypeOf(pages.pages()).toExtend<AsyncIterable<Output<typeof lookupEvents>>>();
  expectTypeOf(pages).toExtend<AsyncIterable<Output<typeof lookupEvents>>>();
  expectTypeOf(pages.items({ limit: 3 })).toExtend<AsyncIterable<Event>>();
  expectTypeOf(pages.items()).not.toExtend<AsyncIterable<TrailInfo>>();
  expectTypeOf(pages.nextToken).toEqualTypeOf<string | undefined>();

  type ItemOf<P extends (...parameters: never[]) => { items(): AsyncIterable<unknown> }> =
    ReturnType<ReturnType<P>["items"]> extends AsyncIterable<infer Item> ? Item : never;
  expectTypeOf<ItemOf<typeof paginateLookupEvents>>().toEqualTypeOf<Event>();
  expectTypeOf<ItemOf<typeof paginateListTrails>>().toEqualTypeOf<TrailInfo>();
  expectTypeOf<ItemOf<typeof paginateListTags>>().toEqualTypeOf<ResourceTag>();
  expectTypeOf<ItemOf<typeof paginateListPublicKeys>>().toEqualTypeOf<PublicKey>();
  // One that cannot be iterated cannot have paginated.
  expectTypeOf(listTrails).returns.not.toExtend<AsyncIterable<unknown>>();
  expectTypeOf(listTags).returns.not.toExtend<AsyncIterable<unknown>>();
  expectTypeOf(listPublicKeys).returns.not.toExtend<AsyncIterable<unknown>>();
}
