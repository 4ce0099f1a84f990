import type { StructureShape } from "../../schema/shapes.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import { findErrors } from "./check.js";
import { Coercion } from "./coerce.js";

/**
 * Checks parameters as `paramValidation` wants it and brings them into the form that protocols write: the original takes
 * `"7"` for a number, text or seconds for a date, text for bytes. What was given is not changed.
 *
 * @returns the copy that is sent, empty where there is an error
 * @throws TypeError without validation, for a JSON value that JSON cannot say
 */
export function checkParams(
  shape: StructureShape,
  params: unknown,
  paramValidation?: boolean | ParamRules,
): { readonly input: Record<string, unknown>; readonly error: AWSError | undefined } {
  const given = params || {};
  const rules = rulesOf(paramValidation);
  const errors = rules ? findErrors(shape, given, rules) : [];
  if (errors.length > 0) return { input: {}, error: joined(errors) };
  const coercion = new Coercion();
  const input = coercion.structure(shape, given);
  return coercion.error ? { input: {}, error: coercion.error } : { input, error: undefined };
}

function joined(errors: readonly AWSError[]): AWSError | undefined {
  if (errors.length === 1) return errors[0];
  const message = `There were ${errors.length} validation errors:\n* ${errors.join("\n* ")}`;
  return awsError(new Error(message), { code: "MultipleValidationErrors", errors: [...errors] });
}

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
 * What `paramValidation` stands for: `true`, the default, checks minimums, an object what it switches on and so not
 * minimums unless it says so; with `false` nothing is checked, not even types.
 */
export function rulesOf(paramValidation: boolean | ParamRules | undefined): ParamRules | undefined {
  if (paramValidation === true || paramValidation === undefined) return { min: true };
  return paramValidation || undefined;
}
