export type Comparator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** A parsed expression. `at` is the zero-based position in its text. */
export type Expression = { readonly at: number } & (
  | { readonly kind: "current" }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "literal"; readonly value: unknown }
  /** `left.right`, and `left | right`, which ends a projection. */
  | { readonly kind: "chain"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "index"; readonly of: Expression; readonly index: number }
  | { readonly kind: "slice"; readonly of: Expression; readonly bounds: SliceBounds }
  | { readonly kind: "flatten"; readonly of: Expression }
  | { readonly kind: "filter"; readonly of: Expression; readonly condition: Expression }
  | { readonly kind: "values"; readonly of: Expression }
  /** What follows `[*]`, `[]`, `[?…]`, `*` or a slice, evaluated for each item. */
  | { readonly kind: "projection"; readonly of: Expression; readonly each: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "hash"; readonly entries: readonly (readonly [name: string, value: Expression])[] }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "not"; readonly of: Expression }
  | {
      readonly kind: "comparison";
      readonly comparator: Comparator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  /** `&expression`: an argument that a function evaluates for each item. */
  | { readonly kind: "reference"; readonly of: Expression }
);

export interface SliceBounds {
  readonly start: number | undefined;
  readonly stop: number | undefined;
  readonly step: number;
}

/** A problem of an expression, with the zero-based position in its text. */
export class JmespathProblem extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
