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
