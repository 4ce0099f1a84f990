import type { LookupEventsRequest } from "@clientsmith/cloudtrail";
import type { StandardSchema } from "@clientsmith/runtime/interop/standard-schema";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { expectTypeOf } from "vitest";

/** The runtime writes the interface out; libraries take it for that of the specification, with its types. */
export function isStandard(schema: StandardSchema<LookupEventsRequest>): StandardSchemaV1<LookupEventsRequest> {
  expectTypeOf<StandardSchemaV1.InferInput<typeof schema>>().toEqualTypeOf<LookupEventsRequest>();
  expectTypeOf<StandardSchemaV1.InferOutput<typeof schema>>().toEqualTypeOf<LookupEventsRequest>();
  return schema;
}
