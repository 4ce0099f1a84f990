import type { CheckContext } from "./context.js";
import { walk } from "../smithy/graph.js";
import { membersOf } from "../smithy/members.js";
import type { Shape, ShapeId } from "../model.js";

/** Lists and maps directly within each other: more than any service has, and no more than compilers take. */
const deepest = 50;

/** Lists and maps that nest without a structure between them are written as one type, so there is an end to their depth. */
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
      // Those around it are too deep as well, for the same reason.
      if (depth !== deepest + 1) return;
      const message = `Lists and maps nest ${depth} deep here, and ${deepest} is the most: put a structure between them.`;
      context.problem("deep-collection", id, message);
    },
  });
}

function isCollection({ type }: Shape): boolean {
  return type === "list" || type === "map";
}
