import type { StructureShape } from "../../schema/shapes.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import { findErrors } from "./check.js";
import { coerceStructure } from "./coerce.js";

/** Which constraints parameters are checked against, beyond required keys, types and unknown keys. */
export interface ParamRules {
  /** Lengths and numbers below the minimum. */
  readonly min?: boolean | undefined;
  /** Lengths and numbers above the maximum. */
  readonly max?: boolean | undefined;
  readonly pattern?: boolean | undefined;
  readonly enum?: boolean | undefined;
}

/**
 * Checks parameters as `paramValidation` wants it and brings them into the form that protocols write: the original takes
 * `"7"` for a number, text or seconds for a date, text for bytes. What was given is not changed.
 *
 * @param paramValidation `true` checks minimums beside required keys, types and unknown keys, an object what it switches
 *   on instead of minimums; `false` checks nothing
 */
export function checkParams(
  shape: StructureShape,
  params: unknown,
  paramValidation: boolean | ParamRules | undefined = true,
): { readonly input: Record<string, unknown>; readonly error: AWSError | undefined } {
  const given = params || {};
  const rules = paramValidation === true ? { min: true } : paramValidation;
  const errors = rules ? findErrors(shape, given, rules) : [];
  if (errors.length > 0) return { input: {}, error: joined(errors) };
  return { input: coerceStructure(shape, given), error: undefined };
}

function joined(errors: AWSError[]): AWSError {
  const [first] = errors;
  if (errors.length === 1 && first) return first;
  const message = `There were ${errors.length} validation errors:\n* ${errors.join("\n* ")}`;
  return awsError(new Error(message), { code: "MultipleValidationErrors", errors });
}
