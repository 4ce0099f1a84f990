import type { Model, ServiceShape, ShapeId } from "../model/model.js";
import { localName } from "./operations.js";
import { listTrait } from "./traits.js";

/** The group of each operation: the resource that it is bound to, otherwise its first `smithy.api#tags`. */
export function groupsOf(model: Model, service: ServiceShape): ReadonlyMap<ShapeId, string> {
  const groups = new Map<ShapeId, string>();
  const seen = new Set<ShapeId>();
  const visit = (resources: readonly ShapeId[]): void => {
    for (const id of resources) {
      const resource = model.shapes.get(id);
      if (resource?.type !== "resource" || seen.has(id)) continue;
      seen.add(id);
      for (const operation of resource.operations) groups.set(operation, localName(id));
      visit(resource.resources);
    }
  };
  visit(service.resources);
  for (const { id, type, traits } of model.shapes.values()) {
    const [tag] = type === "operation" ? (listTrait(traits, "smithy.api#tags") ?? []) : [];
    if (typeof tag === "string" && !groups.has(id)) groups.set(id, tag);
  }
  return groups;
}
