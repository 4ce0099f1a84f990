import type { CheckContext } from "./context.js";
import { walk } from "../smithy/graph.js";
import { membersOf } from "../smithy/members.js";
import type { Shape, ShapeId } from "../model.js";

/** Max nesting of lists and maps directly within each other: above real services, below limits of compilers. */
const deepest = 50;

/** Limits the nesting of lists and maps without a structure in between, because they are emitted as one type. */
export function checkDepth(context: CheckContext): void {
  const depths = new Map<ShapeId, number>();
  const inside = (id: ShapeId): ShapeId[] => {
    const shape = context.shapes.get(id);
    return shape && isCollection(shape) ? membersOf(shape).map(({ target }) => target) : [];
  };
  walk(context.shapes.keys(), inside, {
    leave: (id) => {
      const below = inside(id);
      const depth = below.length === 0 ? 0 : 1 + Math.max(...below.map((target) => depths.get(target) ?? 0));
      depths.set(id, depth);
      // Enclosing lists and maps are not reported too.
      if (depth !== deepest + 1) return;
      const message = `Lists and maps nest ${depth} deep here, and the maximum is ${deepest}: put a structure between them.`;
      context.problem("deep-collection", id, message);
    },
  });
}

function isCollection({ type }: Shape): boolean {
  return type === "list" || type === "map";
}
