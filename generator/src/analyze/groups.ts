import type { Model, ServiceShape, ShapeId } from "../model/model.js";
import { localName } from "./operations.js";
import { resourcesOf } from "./resources.js";
import { listTrait } from "./traits.js";

/** The group of each operation: the resource that it is bound to, otherwise its first `smithy.api#tags`. */
export function groupsOf(model: Model, service: ServiceShape): ReadonlyMap<ShapeId, string> {
  const groups = new Map<ShapeId, string>();
  for (const { id, operations } of resourcesOf(model, service)) {
    for (const operation of operations) groups.set(operation, localName(id));
  }
  for (const { id, type, traits } of model.shapes.values()) {
    const [tag] = type === "operation" ? (listTrait(traits, "smithy.api#tags") ?? []) : [];
    if (typeof tag === "string" && !groups.has(id)) groups.set(id, tag);
  }
  return groups;
}
