import type { ValidationIssue } from "../errors.js";
import type { StructureShape } from "../schema/shapes.js";
import { checkOf } from "./compile.js";
import { ValidationContext, type ValidationRules } from "./context.js";

/** Every constraint trait, which is what a validator called by hand checks. */
const everyRule: ValidationRules = { min: true, max: true, pattern: true, enum: true, uniqueItems: true };

/** Every breach of `shape` in `value`, in the model's order, depth first; empty where it is valid. */
export function validate(shape: StructureShape, value: unknown, rules: ValidationRules = everyRule): ValidationIssue[] {
  const context = new ValidationContext(rules);
  checkOf(shape)(value, context, undefined);
  return context.issues;
}
