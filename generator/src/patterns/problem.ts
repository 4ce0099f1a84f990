import type { ShapeId } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";

/** What is said of a pattern that the client cannot check, and why. */
export function patternProblem(shapeId: ShapeId, refused: string) {
  return {
    severity: "warning",
    code: "unsupported-pattern",
    shapeId,
    message: `The client does not check this pattern: ${refused}.`,
  } as const satisfies Diagnostic;
}
