import type { StructureShape } from "../schema/shapes.js";
import { findIssues } from "./find-issues.js";
import type { ValidationRules } from "./types.js";

/**
 * `fast-path.ts` in a bundle, which contains one validator instead of two. Validating a typical input takes about a
 * microsecond more, a hundredth of a call.
 */
export function accepts(shape: StructureShape, value: unknown, rules: ValidationRules): boolean {
  return findIssues(shape, value, rules).length === 0;
}
