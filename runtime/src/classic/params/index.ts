import type { StructureShape } from "../../schema/shapes.js";
import { awsError } from "../aws-error.js";
import type { AWSError, ServiceDefinition } from "../types.js";
import { findErrors } from "./check.js";
import { Coercion } from "./coerce.js";

/**
 * Checks parameters according to `paramValidation` and converts them to the form that protocols write: AWS SDK v2 accepts `"7"`
 * for a number, text or seconds for a date, text for bytes. The caller's object is not changed.
 *
 * @returns the copy that is sent, empty where there is an error
 * @throws TypeError without validation, for a value that JSON cannot represent
 */
export function checkParams(
  shape: StructureShape,
  params: unknown,
  paramValidation?: boolean | ParamRules,
  { memberTypes }: Pick<ServiceDefinition, "memberTypes"> = {},
): { readonly input: Record<string, unknown>; readonly error: AWSError | undefined } {
  const given = params || {};
  const rules = rulesOf(paramValidation);
  const errors = rules ? findErrors(shape, given, rules, memberTypes) : [];
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
  /** Minimums of lengths and numbers. */
  readonly min?: boolean | undefined;
  /** Maximums of lengths and numbers. */
  readonly max?: boolean | undefined;
  readonly pattern?: boolean | undefined;
  readonly enum?: boolean | undefined;
}

/**
 * The constraints that `paramValidation` selects. `true`, the default, selects minimums. An object selects what it names, so
 * minimums only where it names them. With `false` nothing is checked, not even types.
 */
export function rulesOf(paramValidation: boolean | ParamRules | undefined): ParamRules | undefined {
  if (paramValidation === true || paramValidation === undefined) return { min: true };
  return paramValidation || undefined;
}
