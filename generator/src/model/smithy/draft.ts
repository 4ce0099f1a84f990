import type { MemberShape, Model, Shape, ShapeId } from "../model.js";

/** A model with errors, without what cannot be generated because of them. */
export interface Draft {
  readonly model: Model;
  /** Names of the members that were left out. */
  readonly leftOut: ReadonlySet<string>;
}

/** Leaves out members whose targets cannot be the type of a member, and operations without their shapes. */
export function draftOf(model: Model): Draft {
  const leftOut = new Set<string>();
  const isUsable = (member: MemberShape): boolean => isType(model, member.target);
  const shapes = new Map<ShapeId, Shape>();
  for (const [id, shape] of model.shapes) {
    if (shape.type === "structure" || shape.type === "union") {
      const members = [...shape.members].filter(([, member]) => isUsable(member));
      for (const [name, member] of shape.members) if (!isUsable(member)) leftOut.add(name);
      shapes.set(id, { ...shape, members: new Map(members) });
    } else if (shape.type !== "operation" || hasShapes(model, [shape.input, shape.output, ...shape.errors])) {
      shapes.set(id, shape);
    }
  }
  return { model: { ...model, shapes }, leftOut };
}

/** Whether a shape exists and is a type, and a list or map that of its items, too. */
function isType({ shapes }: Model, target: ShapeId): boolean {
  const reached = new Set([target]);
  // Iterating a Set also visits entries added during the iteration.
  for (const id of reached) {
    const shape = shapes.get(id);
    if (!shape || shape.type === "operation" || shape.type === "resource" || shape.type === "service") return false;
    if (shape.type === "list") reached.add(shape.member.target);
    if (shape.type === "map") reached.add(shape.key.target).add(shape.value.target);
  }
  return true;
}

function hasShapes({ shapes }: Model, ids: readonly ShapeId[]): boolean {
  return ids.every((id) => id === "smithy.api#Unit" || shapes.get(id)?.type === "structure");
}
