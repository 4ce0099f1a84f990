import { nameOf } from "../source/ids.js";
import { membersOf } from "./members.js";
import type {
  AggregateShape,
  MemberShape,
  Model,
  OperationShape,
  ServiceShape,
  Shape,
  ShapeId,
  Traits,
} from "../model.js";

/** The part of a model that these functions need. */
export type Shapes = Pick<Model, "shapes">;

export interface ServiceClosure {
  /** Operations of the service and of its resources at any depth, sorted by name. */
  readonly operations: readonly OperationShape[];
  /** Shapes reachable from the service, without the service itself, in the order of the model. */
  readonly shapes: readonly ShapeId[];
}

/** The services of a model, in the order of the model. */
export function findServices({ shapes }: Shapes): ServiceShape[] {
  return [...shapes.values()].filter((shape) => shape.type === "service");
}

/**
 * The closure of a service: everything reachable through operations, resources, errors and their members.
 *
 * @throws RangeError if the model has no service with that shape ID.
 * @see https://smithy.io/2.0/spec/service-types.html#service-closure
 */
export function serviceClosure({ shapes }: Shapes, service: ShapeId): ServiceClosure {
  if (shapes.get(service)?.type !== "service") throw new RangeError(`The model has no service ${service}`);
  const reached = new Set<ShapeId>();
  const open: ShapeId[] = [service];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const shape = shapes.get(id);
    if (!shape || reached.has(id)) continue;
    reached.add(id);
    for (const reference of referencesOf(shape)) open.push(reference);
  }
  reached.delete(service);
  const inOrder = [...shapes.values()].filter(({ id }) => reached.has(id));
  return {
    operations: inOrder.filter((shape) => shape.type === "operation").toSorted(byName),
    shapes: inOrder.map(({ id }) => id),
  };
}

/** The errors that an operation may return: its own, then those common to the service. */
export function resolveErrors({ shapes }: Shapes, service: ServiceShape, operation: OperationShape): AggregateShape[] {
  return [...new Set([...operation.errors, ...service.errors])].flatMap((id) => {
    const shape = shapes.get(id);
    return shape?.type === "structure" ? shape : [];
  });
}

/**
 * The effective traits of a member: those of its target, overridden by its own.
 *
 * @see https://smithy.io/2.0/spec/model.html#scope-of-member-traits
 */
export function effectiveTraits({ shapes }: Shapes, member: MemberShape): Traits {
  return { ...shapes.get(member.target)?.traits, ...member.traits };
}

function referencesOf(shape: Shape): ShapeId[] {
  switch (shape.type) {
    case "service":
      return [...shape.operations, ...shape.resources, ...shape.errors];
    case "resource":
      return [...shape.operations, ...shape.resources];
    case "operation":
      return [shape.input, shape.output, ...shape.errors];
    default:
      return membersOf(shape).map(({ target }) => target);
  }
}

/** Compares names by code units. The order does not depend on the machine. */
function byName(left: OperationShape, right: OperationShape): number {
  const [a, b] = nameOf(left.id) === nameOf(right.id) ? [left.id, right.id] : [nameOf(left.id), nameOf(right.id)];
  return a < b ? -1 : a > b ? 1 : 0;
}
