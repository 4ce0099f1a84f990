import { ValidationError } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { findIssues } from "./find-issues.js";
import type { ValidationRules } from "./types.js";

/** Error for an input that violates its model; undefined for a valid one. */
export function invalidInput(
  shape: StructureShape,
  input: object,
  rules: ValidationRules,
): ValidationError | undefined {
  const issues = findIssues(shape, input, rules);
  return issues.length > 0 ? new ValidationError(shape.name, issues) : undefined;
}

/** Error for an input that is not an object. The value is not quoted, because it may be sensitive. */
export function noInput(shape: StructureShape, input: unknown): ValidationError {
  const kind = Object.prototype.toString.call(input).slice("[object ".length, -1);
  return typeError(shape, `must be an object with the members of ${shape.name}, but is of type ${kind}`);
}

/** Error for an input that the protocol cannot write, which happens only without validation. */
export function unwritableInput(shape: StructureShape, cause: unknown): ValidationError {
  return typeError(shape, `cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

function typeError({ name }: StructureShape, message: string, options?: ErrorOptions): ValidationError {
  return new ValidationError(name, [{ path: [], rule: "type", message }], options);
}
