import type { ValidationIssue } from "../errors/validation.js";
import type { StructureShape } from "../schema/shapes.js";
import { accepts } from "./accept.js";
import { findProblems } from "./find.js";
import type { ValidationRules } from "./rules.js";
import { issueOf } from "./words.js";

/** Every constraint trait, which is what a validator called by hand checks. */
const everyRule: ValidationRules = { min: true, max: true, pattern: true, enum: true, uniqueItems: true };

/** Every breach of `shape` in `value`, in the model's order, depth first; empty where it is valid. */
export function validate(shape: StructureShape, value: unknown, rules: ValidationRules = everyRule): ValidationIssue[] {
  return accepts(shape, value, rules) ? [] : findProblems(shape, value, rules).map(issueOf);
}
