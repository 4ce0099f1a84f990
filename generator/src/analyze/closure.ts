import { eventErrorsOf, isEventStream } from "./event-streams.js";
import type { Model, OperationShape, Shape, ShapeId, ServiceShape } from "../model/model.js";

/** The operations of a service and of its resources, sorted by shape ID. */
export function operationsOf(model: Model, service: ServiceShape): OperationShape[] {
  const found = new Map<ShapeId, OperationShape>();
  const seen = new Set<ShapeId>();
  const visit = (owner: { readonly operations: readonly ShapeId[]; readonly resources: readonly ShapeId[] }): void => {
    for (const id of owner.operations) {
      const shape = model.shapes.get(id);
      if (shape?.type === "operation") found.set(id, shape);
    }
    for (const id of owner.resources) {
      const shape = model.shapes.get(id);
      if (shape?.type !== "resource" || seen.has(id)) continue;
      seen.add(id);
      visit(shape);
    }
  };
  visit(service);
  return [...found.values()].toSorted((left, right) => compare(left.id, right.id));
}

/** Shape IDs that the members of a shape target. */
export function targetsOf(shape: Shape): ShapeId[] {
  switch (shape.type) {
    case "structure":
    case "union":
      return [...shape.members.values()].map((member) => member.target);
    case "list":
      return [shape.member.target];
    case "map":
      return [shape.key.target, shape.value.target];
    default:
      return [];
  }
}

/** Shape IDs of the given shapes and of everything reachable from them. */
export function reach(model: Model, roots: Iterable<ShapeId>): Set<ShapeId> {
  const seen = new Set<ShapeId>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const shape = model.shapes.get(id);
    if (!shape) continue;
    // The errors of an event stream are thrown: they are no values of a member.
    const errors = isEventStream(shape) ? Object.values(eventErrorsOf(model, shape)) : [];
    open.push(...targetsOf(shape).filter((target) => !errors.includes(target)));
  }
  return seen;
}

/** Compares strings by code units. Unlike `localeCompare`, the order does not depend on the machine. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
