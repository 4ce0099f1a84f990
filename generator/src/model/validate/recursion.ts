import type { CheckContext } from "./context.js";
import { cycleText, walk } from "../smithy/graph.js";
import { membersOf } from "../smithy/members.js";
import type { Shape, ShapeId } from "../model.js";

/**
 * Checks for recursion without finite values: lists and maps that only contain each other, structures and unions
 * without a complete value, resources that contain themselves.
 *
 * @see https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions
 */
export function checkRecursion(context: CheckContext): void {
  const report = (code: string, why: string, next: (shape: Shape) => readonly ShapeId[]): void =>
    walk(context.shapes.keys(), (id) => nextOf(context.shapes, id, next), {
      cycle: (ids) => {
        const [id = ""] = ids;
        context.problem(code, id, `${cycleText(ids, "contains")}: ${why}.`);
      },
    });
  report("recursive-collection", "lists and maps that only contain each other have no finite value", (shape) =>
    shape.type === "list" || shape.type === "map" ? membersOf(shape).map(({ target }) => target) : [],
  );
  report("recursive-resource", "a resource cannot be within itself", (shape) =>
    shape.type === "resource" ? shape.resources : [],
  );
  const complete = completable(context.shapes);
  report("endless-shape", "each requires the next, so no value is ever complete", (shape) =>
    complete.has(shape.id) ? [] : needs(shape).filter((id) => !complete.has(id)),
  );
}

type Shapes = ReadonlyMap<ShapeId, Shape>;

function nextOf(shapes: Shapes, id: ShapeId, next: (shape: Shape) => readonly ShapeId[]): readonly ShapeId[] {
  const shape = shapes.get(id);
  return shape ? next(shape) : [];
}

/** Targets that a value requires: all of them for a structure, any of them for a union. */
function needs(shape: Shape): ShapeId[] {
  if (shape.type !== "structure" && shape.type !== "union") return [];
  return [...shape.members.values()]
    .filter(({ traits }) => shape.type === "union" || "smithy.api#required" in traits)
    .map(({ target }) => target);
}

/** Shapes with a complete value, as a fixed point: starts with shapes that require nothing. */
function completable(shapes: Shapes): Set<ShapeId> {
  const complete = new Set<ShapeId>();
  const isComplete = (id: ShapeId): boolean => complete.has(id) || !shapes.has(id);
  // Required shapes come first, so that one round is enough if there are no cycles.
  let open: ShapeId[] = [];
  walk(shapes.keys(), (id) => nextOf(shapes, id, needs), { leave: (id) => void open.push(id) });
  for (let before = -1; before !== open.length;) {
    before = open.length;
    open = open.filter((id) => {
      const shape = shapes.get(id);
      const needed = shape ? needs(shape) : [];
      const isUnion = shape?.type === "union" && needed.length > 0;
      const can = isUnion ? needed.some(isComplete) : needed.every(isComplete);
      if (can) complete.add(id);
      return !can;
    });
  }
  return complete;
}
