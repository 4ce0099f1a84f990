import { ValidationError } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { isBytes } from "../schema/values.js";
import { findIssues } from "./find-issues.js";
import { maximumDepth, type ValidationRules } from "./types.js";

/** Error for an input that breaks its model; undefined for a valid one. */
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

/** Error for an input that the protocol cannot write: text with such a character, or without validation any invalid value. */
export function unwritableInput(shape: StructureShape, input: object, cause: unknown): ValidationError {
  const path = pathOf(input, /\p{Surrogate}/u) ?? pathOf(input, /[\0\uFFFE\uFFFF]/);
  if (path) {
    const message = "has a character that cannot be sent: half of a surrogate pair, U+0000, U+FFFE or U+FFFF";
    return new ValidationError(shape.name, [{ path, rule: "type", message }], { cause });
  }
  return typeError(shape, `cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

function typeError({ name }: StructureShape, message: string, options?: ErrorOptions): ValidationError {
  return new ValidationError(name, [{ path: [], rule: "type", message }], options);
}

/** Where the first text or key is that matches; undefined where there is none. */
function pathOf(value: unknown, pattern: RegExp, depth = 0): (string | number)[] | undefined {
  if (typeof value === "string") return pattern.test(value) ? [] : undefined;
  if (typeof value !== "object" || value === null || isBytes(value) || depth > maximumDepth) return undefined;
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const inside = pattern.test(String(key)) ? [] : pathOf(item, pattern, depth + 1);
    if (inside) return [key, ...inside];
  }
  return undefined;
}
