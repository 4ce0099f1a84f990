import type { ValidationIssue } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { accepts } from "./fast-path.js";
import { findIssues } from "./find-issues.js";
import type { ValidationRules } from "./types.js";

/** Every constraint trait; a validator called directly checks all of them. */
const everyRule: ValidationRules = { min: true, max: true, pattern: true, enum: true, uniqueItems: true };

/** All violations of `shape` in `value`, in the model's order, depth first; empty if it is valid. */
export function validate(shape: StructureShape, value: unknown, rules: ValidationRules = everyRule): ValidationIssue[] {
  return accepts(shape, value, rules) ? [] : findIssues(shape, value, rules);
}
