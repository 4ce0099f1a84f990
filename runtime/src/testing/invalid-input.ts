import type { ValidationIssue } from "../errors/index.js";
import type { StructureShape } from "../schema/shapes.js";
import { constraintAt, type PlacedConstraint } from "./constraint.js";
import { RejectionError } from "./rejection.js";
import { listIssues } from "./list-issues.js";

const field: StructureShape = {
  type: "structure",
  name: "ValidationExceptionField",
  members: { path: { type: "string" }, message: { type: "string" } },
};

/** `smithy.framework#ValidationException`. */
const shape: StructureShape = {
  type: "structure",
  name: "ValidationException",
  members: {
    message: { type: "string" },
    fieldList: { type: "list", member: { target: field } },
  },
  error: { fault: "client" },
};

/** Rules that the form of a request breaks, as opposed to the constraints of the model. */
const formal: ReadonlySet<ValidationIssue["rule"]> = new Set(["type", "unknown", "union"]);

/**
 * The error for an invalid input: `SerializationException` if a value has another type than the model's, else
 * `ValidationException` with a message and a path for each violation.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html
 */
export function invalidInputError(
  input: StructureShape,
  value: object,
  issues: readonly ValidationIssue[],
): RejectionError {
  const mistyped = issues.filter(({ rule }) => formal.has(rule));
  if (mistyped.length > 0) return new RejectionError("SerializationException", 400, listIssues(mistyped));
  const seen = new Set<string>();
  return violation(issues.map((issue) => constraintAt(input, value, issue, seen)));
}

/** The error for an input with a token that the service did not return for the same input. */
export function invalidTokenError(member: string): RejectionError {
  const text = "Member must be a token that the service returned for the same input";
  return violation([{ path: `/${member}`, constraint: { text } }]);
}

function violation(constraints: readonly PlacedConstraint[]): RejectionError {
  const fieldList = constraints.map(({ path, constraint: { size, text } }) => {
    const what = size === undefined ? "Value" : `Value with length ${size}`;
    return { path, message: `${what} at '${path}' failed to satisfy constraint: ${text}` };
  });
  const count = fieldList.length === 1 ? "1 validation error" : `${fieldList.length} validation errors`;
  const message = `${count} detected. ${fieldList.map((each) => each.message).join("; ")}`;
  return new RejectionError(shape.name, 400, message, { shape, members: { fieldList } });
}
