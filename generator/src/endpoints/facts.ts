import { isCall } from "./expressions.js";
import { type Call, type Expression, keyOf, type Literal, type Variable } from "./tree.js";

/**
 * What is known at a point in the rules, because the conditions before it held and those of earlier rules did not.
 * TypeScript draws the same conclusions from the printed code, and rejects comparisons that cannot hold.
 */
export class Facts {
  /** Values by the key of their expression. */
  readonly #values = new Map<string, string | boolean | number>();
  readonly #base: Facts | undefined;

  constructor(base?: Facts) {
    this.#base = base;
  }

  /** Records the value of a boolean expression. */
  assume(expression: Expression, value: boolean): void {
    this.#values.set(keyOf(expression), value);
    const [left, right] = expression.kind === "call" ? expression.argv : [];
    if (isCall(expression, "not") && left) this.assume(left, !value);
    if (!isCall(expression, "stringEquals") || !value || !left || !right) return;
    const text = this.valueOf(left) ?? this.valueOf(right);
    if (text === undefined) return;
    this.#values.set(keyOf(left), text);
    this.#values.set(keyOf(right), text);
  }

  /** Records the value of a variable, if it is known. */
  assign(variable: Variable, value: Expression): void {
    const known = this.valueOf(value);
    if (known === undefined) return;
    this.#values.set(keyOf({ kind: "reference", variable, type: value.type, optional: false }), known);
  }

  valueOf(expression: Expression): string | boolean | number | undefined {
    return expression.kind === "literal" ? expression.value : this.#lookUp(keyOf(expression));
  }

  #lookUp(key: string): string | boolean | number | undefined {
    const own = this.#values.get(key);
    return own === undefined && this.#base ? this.#base.#lookUp(key) : own;
  }

  /** Simplifies an expression by the known facts. `booleanEquals` becomes `not` or disappears. */
  simplify(expression: Expression): Expression {
    const known = expression.type === "boolean" ? this.#lookUp(keyOf(expression)) : undefined;
    if (typeof known === "boolean") return booleanLiteral(known);
    switch (expression.kind) {
      case "literal":
      case "reference":
        return expression;
      case "template":
        return {
          ...expression,
          parts: expression.parts.map((part) => (typeof part === "string" ? part : this.simplify(part))),
        };
      case "attribute":
        return { ...expression, of: this.simplify(expression.of) };
      case "call":
        return this.#simplifyCall({ ...expression, argv: expression.argv.map((argument) => this.simplify(argument)) });
    }
  }

  #simplifyCall(call: Call): Expression {
    const [first, second, third] = call.argv;
    const known = this.#lookUp(keyOf(call));
    if (typeof known === "boolean" && call.type === "boolean") return booleanLiteral(known);
    if (!first) return call;
    switch (call.fn) {
      case "isSet":
        return first.optional ? call : booleanLiteral(true);
      case "not":
        return negated(first);
      case "coalesce":
        return coalesced(call);
      case "booleanEquals":
        if (second && keyOf(first) === keyOf(second)) return booleanLiteral(true);
        if (second?.kind === "literal") return second.value === true ? first : negated(first);
        if (first.kind === "literal" && second) return first.value === true ? second : negated(second);
        return call;
      case "stringEquals": {
        const left = this.valueOf(first);
        const right = second && this.valueOf(second);
        if (second && keyOf(first) === keyOf(second)) return booleanLiteral(true);
        return left === undefined || right === undefined ? call : booleanLiteral(left === right);
      }
      case "ite":
        if (first.kind === "literal" && second && third) return first.value === true ? second : third;
        return call;
      default:
        return call;
    }
  }
}

/** Drops the arguments of `coalesce` after one that is always set. */
function coalesced(call: Call): Expression {
  const last = call.argv.findIndex(({ optional }) => !optional);
  const argv = last === -1 ? call.argv : call.argv.slice(0, last + 1);
  const [only, ...others] = argv;
  return only && others.length === 0 ? only : { ...call, argv };
}

function booleanLiteral(value: boolean): Literal {
  return { kind: "literal", value, type: "boolean", optional: false };
}

function negated(expression: Expression): Expression {
  if (expression.kind === "literal") return booleanLiteral(expression.value !== true);
  const [inner] = isCall(expression, "not") ? expression.argv : [];
  return inner ?? { kind: "call", fn: "not", argv: [expression], type: "boolean", optional: false };
}
