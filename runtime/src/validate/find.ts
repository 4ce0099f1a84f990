import type { StructureShape } from "../schema/shapes.js";
import { checkOf } from "./compile.js";
import { ValidationContext } from "./context.js";
import type { Problem } from "./problem.js";
import type { ValidationRules } from "./rules.js";

/** Every breach of `shape` in `value`, in the model's order, depth first; empty where it is valid. */
export function findProblems(shape: StructureShape, value: unknown, rules: ValidationRules): readonly Problem[] {
  const context = new ValidationContext(rules);
  checkOf(shape)(value, context, undefined);
  return context.problems;
}
