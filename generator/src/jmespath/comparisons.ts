import { literal, stringLiteral } from "../text/literal.js";
import { isTruthy, literalOf, nothing } from "./literals.js";
import { type Comparator, JmespathProblem } from "./syntax.js";
import { isSimple, nameOf, type Type } from "./types.js";
import { access, loose, tight, type Value, value } from "./value.js";

const boolean: Type = { kind: "boolean" };

/**
 * Code of comparisons and conditions in one expression. The TypeScript compiler narrows what was compared, which
 * JMESPath does not.
 */
export class Comparisons {
  /** Set by operators after which the compiler has narrowed values. */
  narrows = false;
  readonly #compared = new Set<string>();
  readonly #runtime: (symbol: string) => string;
  readonly #mistakes: JmespathProblem[];

  constructor(runtime: (symbol: string) => string, mistakes: JmespathProblem[]) {
    this.#runtime = runtime;
    this.#mistakes = mistakes;
  }

  /** A JavaScript expression that is truthy if the value is truthy in JMESPath. */
  condition(of: Value): string {
    if (of.literal) return String(isTruthy(of.literal.value));
    switch (of.type.kind) {
      case "boolean":
      case "string":
        this.note(of);
        return tight(of);
      case "number":
        this.note(of);
        return of.nullable ? `(${tight(of)} != null)` : "true";
      case "null":
        return "false";
      case "list":
        return of.nullable ? `((${access(of, "length")} ?? 0) > 0)` : `(${access(of, "length")} > 0)`;
      default:
        return `${this.#runtime("isTruthy")}(${of.text})`;
    }
  }

  /** Records that the TypeScript compiler narrows a value. */
  note(of: Value): void {
    this.#compared.add(of.text);
  }

  /** `<` and the like. Null unless both are numbers. */
  order(left: Value, comparator: Exclude<Comparator, "==" | "!=">, right: Value, at: number): Value {
    const other = [left, right].find(({ type }) => !["number", "any", "null"].includes(type.kind));
    if (other) {
      const problem = `"${comparator}" compares numbers, but one side is ${nameOf(other.type)}`;
      this.#mistakes.push(new JmespathProblem(at, problem));
      return nothing;
    }
    if (left.type.kind === "null" || right.type.kind === "null") return nothing;
    const areNumbers = [left, right].every(({ type, nullable }) => type.kind === "number" && !nullable);
    if (areNumbers) return loose(`${tight(left)} ${comparator} ${tight(right)}`, boolean);
    const parameters = [left.text, stringLiteral(comparator), right.text].join(", ");
    return value(`${this.#runtime("compareNumbers")}(${parameters})`, boolean, true);
  }

  /** `==`. */
  equality(left: Value, right: Value, at: number): Value {
    if (left.literal && right.literal) return literalOf(literal(left.literal.value) === literal(right.literal.value));
    if (left.type.kind === "null") return this.#isNull(right);
    if (right.type.kind === "null") return this.#isNull(left);
    for (const { type } of [left, right]) {
      if (type.kind === "opaque") throw new JmespathProblem(at, `${nameOf(type)} cannot be compared`);
    }
    const deepEqual = value(`${this.#runtime("isDeepEqual")}(${left.text}, ${right.text})`, boolean);
    const isAny = left.type.kind === "any" || right.type.kind === "any";
    const family = ({ type }: Value): string => (isSimple(type) || type.kind === "list" ? type.kind : "object");
    if (!isAny && family(left) !== family(right)) {
      const problem = `${nameOf(left.type)} is compared with ${nameOf(right.type)}: they are never equal`;
      this.#mistakes.push(new JmespathProblem(at, problem));
      // Both may be null.
      return left.nullable && right.nullable ? deepEqual : literalOf(false);
    }
    const [known, other] = left.literal ? [left, right] : [right, left];
    const narrowed = this.#compared.has(other.text) && (this.narrows || known.type.kind === "boolean");
    if (!isSimple(left.type) || !isSimple(right.type) || narrowed) return deepEqual;
    if (known.literal) this.note(other);
    return loose(`${tight(left)} === ${tight(right)}`, boolean);
  }

  #isNull(of: Value): Value {
    if (of.type.kind === "null") return literalOf(true);
    if (!of.nullable) return literalOf(false);
    if (isSimple(of.type) && !this.#compared.has(of.text)) {
      this.note(of);
      return loose(`${tight(of)} == null`, boolean);
    }
    // A comparison with null would narrow the value to `never` for the compiler.
    return value(`${this.#runtime("isDeepEqual")}(${of.text}, null)`, boolean);
  }
}
