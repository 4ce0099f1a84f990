/** The words of a call's refusal. Loaded by the first call that is refused: most programs never need them. */
import { ConnectionError } from "../errors/answer.js";
import { ValidationError } from "../errors/validation.js";
import type { StructureShape } from "../schema/shapes.js";
import { findProblems } from "./find.js";
import type { ValidationRules } from "./rules.js";
import { issueOf } from "./words.js";

/** The error for an input that breaks its model; undefined for one that was only not accepted at the first look. */
export function invalidInput(
  shape: StructureShape,
  input: object,
  rules: ValidationRules,
): ValidationError | undefined {
  const problems = findProblems(shape, input, rules);
  return problems.length > 0 ? new ValidationError(shape.name, problems.map(issueOf)) : undefined;
}

/** The error for a call that is begun once the client was closed. */
export function closedClient(service: string): ConnectionError {
  const message = `This client of ${service} was closed, and begins no calls any more: make another one.`;
  return new ConnectionError(message, { systemCode: "UND_ERR_CLOSED", sent: false });
}

/** The error for an input that is none. What it is instead is not quoted: it may be what the input was to hold. */
export function noInput(shape: StructureShape, input: unknown): ValidationError {
  const kind = Object.prototype.toString.call(input).slice("[object ".length, -1);
  const message = `must be an object with the members of ${shape.name}, but is of type ${kind}`;
  return new ValidationError(shape.name, [{ path: [], rule: "type", message }]);
}

/** The error for an input that the protocol cannot write: it gets that far only where validation is off. */
export function unwritableInput(shape: StructureShape, cause: unknown): ValidationError {
  const message = `cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new ValidationError(shape.name, [{ path: [], rule: "type", message }], { cause });
}

/** The error for an input whose member cannot become part of the host name. */
export function unfitForHost(shape: StructureShape, member: string): ValidationError {
  const message = "becomes part of the host name, so it must be 1 to 63 letters, digits or inner hyphens";
  return new ValidationError(shape.name, [{ path: [member], rule: "pattern", message }]);
}
