import type { ValidationIssue } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { accepts } from "./fast-path.js";
import { findIssues } from "./find-issues.js";
import type { ValidationRules } from "./types.js";

/** Every constraint trait, which is what a validator called by hand checks. */
const everyRule: ValidationRules = { min: true, max: true, pattern: true, enum: true, uniqueItems: true };

/** Every breach of `shape` in `value`, in the model's order, depth first; empty where it is valid. */
export function validate(shape: StructureShape, value: unknown, rules: ValidationRules = everyRule): ValidationIssue[] {
  return accepts(shape, value, rules) ? [] : findIssues(shape, value, rules);
}
