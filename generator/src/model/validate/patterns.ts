import { RejectedPatterns } from "../../patterns/problem.js";
import { readPattern } from "../../patterns/index.js";
import type { BoundService, CheckContext } from "./context.js";
import { membersOf } from "../smithy/members.js";
import type { ShapeId, Traits } from "../model.js";

const trait = "smithy.api#pattern";

/**
 * Reports patterns that clients do not check. For a model without errors they are reported when its service is read;
 * for others here, so that all problems are reported at once.
 */
export function checkPatterns(context: CheckContext, services: readonly BoundService[]): void {
  const reached = new Set(services.flatMap(({ closure }) => closure.shapes));
  const rejected = new RejectedPatterns();
  const check = (id: ShapeId, traits: Traits): void => {
    const text = traits[trait];
    const outcome = typeof text === "string" ? readPattern(text) : undefined;
    if (outcome && "rejected" in outcome) rejected.add(outcome.rejected, id);
  };
  for (const shape of context.shapes.values()) {
    if (reached.size > 0 && !reached.has(shape.id)) continue;
    check(shape.id, shape.traits);
    for (const member of membersOf(shape)) check(member.id, member.traits);
  }
  for (const { code, shapeId, message } of rejected.warnings()) {
    context.warning(code, shapeId, message, context.locationOf(trait, shapeId));
  }
}
