import type { CheckContext } from "./check.js";
import { membersOf } from "./members.js";
import type { ShapeId } from "./model.js";

/**
 * Recursion that no value could satisfy: lists and maps that hold only each other, and structures that require
 * themselves.
 *
 * @see https://smithy.io/2.0/spec/model.html#recursive-shape-definitions
 */
export function checkRecursion(context: CheckContext): void {
  const { shapes } = context;
  // Every cycle of each kind is reported at its first shape only.
  findCycles(
    context,
    "recursive-collection",
    "The shape holds itself through lists and maps alone, which ends nowhere.",
    (id) => {
      const shape = shapes.get(id);
      return shape?.type === "list" || shape?.type === "map" ? membersOf(shape).map(({ target }) => target) : [];
    },
  );
  findCycles(context, "endless-structure", "The structure requires itself, so that no value of it could end.", (id) => {
    const shape = shapes.get(id);
    if (shape?.type !== "structure") return [];
    return [...shape.members.values()]
      .filter(({ traits }) => "smithy.api#required" in traits)
      .map(({ target }) => target);
  });
}

function findCycles(context: CheckContext, code: string, message: string, next: (id: ShapeId) => ShapeId[]): void {
  const done = new Set<ShapeId>();
  const open = new Set<ShapeId>();
  const visit = (id: ShapeId): void => {
    if (open.has(id)) {
      const path = context.raw.get(id)?.path ?? [];
      context.report({ code, shapeId: id, path, message });
      return;
    }
    if (done.has(id)) return;
    open.add(id);
    for (const target of next(id)) visit(target);
    open.delete(id);
    done.add(id);
  };
  for (const id of context.shapes.keys()) visit(id);
}
