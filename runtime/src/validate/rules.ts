/** Which constraint traits are checked; required members, types and unknown members always are. */
export interface ValidationRules {
  /** Minimums of `length` and `range`. */
  readonly min?: boolean | undefined;
  /** Maximums of `length` and `range`. */
  readonly max?: boolean | undefined;
  readonly pattern?: boolean | undefined;
  readonly enum?: boolean | undefined;
  readonly uniqueItems?: boolean | undefined;
}

/** Deeper than any real input: what is nested further refers to itself. */
export const maximumDepth = 256;
