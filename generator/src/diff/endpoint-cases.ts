import { isRecord } from "../write/disk.js";
import type { Model, ShapeId } from "../model/model.js";
import { listTrait, recordTrait } from "../analyze/traits.js";
import type { EndpointCase } from "./compare-endpoints.js";

/** The parameters of a service's `smithy.rules#endpointTests`. */
export function endpointCases(model: Model, service: ShapeId): EndpointCase[] {
  const tests = recordTrait(model.shapes.get(service)?.traits ?? {}, "smithy.rules#endpointTests");
  return (tests ? (listTrait(tests, "testCases") ?? []) : []).flatMap((test) =>
    isRecord(test) && isRecord(test["params"]) ? [test["params"] as EndpointCase] : [],
  );
}
