import { patternProblem } from "../../patterns/problem.js";
import { readPattern } from "../../patterns/index.js";
import type { BoundService, CheckContext } from "./context.js";
import { membersOf } from "../smithy/members.js";
import type { ShapeId, Traits } from "../model.js";

const trait = "smithy.api#pattern";

/**
 * Patterns that the client will not check. Of a model without errors this is said when its service is read; of others
 * here, so that all there is to mend is said at once.
 */
export function checkPatterns(context: CheckContext, services: readonly BoundService[]): void {
  const reached = new Set(services.flatMap(({ closure }) => closure.shapes));
  const check = (id: ShapeId, traits: Traits): void => {
    const text = traits[trait];
    const outcome = typeof text === "string" ? readPattern(text) : undefined;
    if (!outcome || !("refused" in outcome)) return;
    const { code, message } = patternProblem(id, outcome.refused);
    context.warning(code, id, message, context.placeOf(trait, id));
  };
  for (const shape of context.shapes.values()) {
    if (reached.size > 0 && !reached.has(shape.id)) continue;
    check(shape.id, shape.traits);
    for (const member of membersOf(shape)) check(member.id, member.traits);
  }
}
