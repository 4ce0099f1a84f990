import { lex, type Punctuation, type Token } from "./lex.js";
import { type Comparator, type Expression, JmespathProblem, type SliceBounds } from "./syntax.js";

/** Binding power of a token to its left operand. */
const power: Readonly<Partial<Record<Token["type"], number>>> = {
  "|": 1,
  "||": 2,
  "&&": 3,
  "==": 5,
  "!=": 5,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  "[]": 9,
  "*": 20,
  "[?": 21,
  ".": 40,
  "[": 55,
};
const powerOfNot = 45;
/** A token with less binding power ends a projection. */
const endOfProjection = 10;

/** Limits for hostile models, far above what real models contain. */
const longest = 2000;
const deepest = 50;

/**
 * Parses an expression. Throws a `JmespathProblem` if it is invalid.
 *
 * @see https://jmespath.org/specification.html#grammar
 */
export function parse(text: string): Expression {
  if (text.length > longest) throw new JmespathProblem(longest, `the expression has more than ${longest} characters`);
  return new Parser(lex(text)).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression(0);
    this.#take("end");
    return expression;
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? { type: "end", at: 0 };
  }

  #advance(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #is(type: Token["type"], ahead = 0): boolean {
    return this.#peek(ahead).type === type;
  }

  #skip(type: Punctuation): boolean {
    const found = this.#is(type);
    if (found) this.#next++;
    return found;
  }

  #take(type: Token["type"]): Token {
    if (this.#is(type)) return this.#advance();
    throw this.#unexpected(type === "end" ? "an operator or the end" : `"${type}"`);
  }

  #unexpected(wanted: string): JmespathProblem {
    const token = this.#peek();
    const shown = token.type === "name" ? `the name ${JSON.stringify(token.name)}` : `a ${token.type}`;
    const found = token.type === "end" ? "the end" : /^\w/.test(token.type) ? shown : `"${token.type}"`;
    return new JmespathProblem(token.at, `found ${found}, expected ${wanted}`);
  }

  /** An expression whose operators all have more binding power than `least`. */
  #expression(least: number): Expression {
    if (++this.#depth > deepest) throw new JmespathProblem(this.#peek().at, `more than ${deepest} levels of nesting`);
    let left = this.#first();
    while (least < (power[this.#peek().type] ?? 0)) left = this.#continued(left);
    this.#depth--;
    return left;
  }

  /** The start of an expression. */
  #first(): Expression {
    const token = this.#peek();
    const here: Expression = { kind: "current", at: token.at };
    switch (token.type) {
      case "literal":
        this.#next++;
        return { kind: "literal", value: token.value, at: token.at };
      case "name":
        return this.#name();
      case "@":
        this.#next++;
        return here;
      case "!":
        this.#next++;
        return { kind: "not", of: this.#expression(powerOfNot), at: token.at };
      case "&":
        this.#next++;
        return { kind: "reference", of: this.#expression(0), at: token.at };
      case "(": {
        this.#next++;
        const inner = this.#expression(0);
        this.#take(")");
        return inner;
      }
      case "{":
        return this.#hash();
      case "*":
      case "[?":
      case "[]":
        return this.#continued(here);
      case "[":
        return this.#isSubscript() ? this.#continued(here) : this.#list();
      default:
        throw this.#unexpected("an expression");
    }
  }

  /** Continues the expression `left`. */
  #continued(left: Expression): Expression {
    const { type, at } = this.#advance();
    switch (type) {
      case ".":
        return this.#skip("*") ? this.#values(left, at) : { kind: "chain", left, right: this.#afterDot(), at };
      case "*":
        return this.#values(left, at);
      case "|":
        return { kind: "chain", left, right: this.#expression(1), at };
      case "||":
        return { kind: "or", left, right: this.#expression(2), at };
      case "&&":
        return { kind: "and", left, right: this.#expression(3), at };
      case "[]":
        return this.#projected({ kind: "flatten", of: left, at }, "[]");
      case "[?": {
        const condition = this.#expression(0);
        this.#take("]");
        return this.#projected({ kind: "filter", of: left, condition, at }, "[?");
      }
      case "[":
        return this.#subscript(left, at);
      default:
        return { kind: "comparison", comparator: type as Comparator, left, right: this.#expression(5), at };
    }
  }

  #values(of: Expression, at: number): Expression {
    return this.#projected({ kind: "values", of, at }, "*");
  }

  /** The projection over `of`, with everything that applies to each item. */
  #projected(of: Expression, by: Punctuation): Expression {
    const next = this.#peek();
    let each: Expression = { kind: "current", at: next.at };
    if ((power[next.type] ?? 0) >= endOfProjection) {
      if (this.#skip(".")) each = this.#afterDot(power[by]);
      else if (next.type === "[" || next.type === "[?") each = this.#expression(power[by] ?? 0);
      else throw this.#unexpected("the rest of a projection");
    }
    return { kind: "projection", of, each, at: of.at };
  }

  #afterDot(least = 40): Expression {
    const { type } = this.#peek();
    // As in the reference implementation, what follows a multiselect applies to its result, not to each item.
    if (type === "[") return this.#list();
    if (type === "{") return this.#hash();
    if (type === "name" || type === "*") return this.#expression(least);
    throw this.#unexpected('a name, "*", "[" or "{"');
  }

  #name(): Expression {
    const token = this.#advance();
    if (token.type !== "name") throw this.#unexpected("a name");
    const { name, at } = token;
    if (!this.#is("(")) return { kind: "field", name, at };
    if (token.quoted) throw this.#unexpected("no call of a quoted name");
    this.#next++;
    return { kind: "call", name, arguments: this.#until(")", () => this.#expression(0)), at };
  }

  /** Whether `[` starts an index, a slice or `[*]`, not a multiselect list. */
  #isSubscript(): boolean {
    return this.#is("number", 1) || this.#is(":", 1) || (this.#is("*", 1) && this.#is("]", 2));
  }

  #subscript(of: Expression, at: number): Expression {
    if (this.#skip("*")) {
      this.#take("]");
      return this.#projected(of, "*");
    }
    const [start, stop, step] = this.#bounds();
    if (stop === undefined) {
      if (start === undefined) throw this.#unexpected('a number, ":" or "*"');
      return { kind: "index", of, index: start, at };
    }
    if (step === 0) throw new JmespathProblem(at, "a slice has the step 0");
    const bounds: SliceBounds = { start, stop: stop ?? undefined, step: step ?? 1 };
    return this.#projected({ kind: "slice", of, bounds, at }, "*");
  }

  /** Bounds of an index or slice. The second is undefined for an index, and null for a slice without an end. */
  #bounds(): [start: number | undefined, stop: number | null | undefined, step: number | undefined] {
    const parts: (number | undefined)[] = [undefined];
    while (!this.#is("]")) {
      const token = this.#peek();
      if (token.type === "number" && parts.at(-1) === undefined) parts[parts.length - 1] = token.value;
      else if (token.type === ":" && parts.length < 3) parts.push(undefined);
      else throw this.#unexpected('"]"');
      this.#next++;
    }
    this.#next++;
    const [start, stop, step] = parts;
    return [start, parts.length > 1 ? (stop ?? null) : undefined, step];
  }

  #list(): Expression {
    const { at } = this.#take("[");
    const items = this.#until("]", () => this.#expression(0));
    if (items.length === 0) throw new JmespathProblem(at, "the list of expressions is empty");
    return { kind: "list", items, at };
  }

  #hash(): Expression {
    const { at } = this.#take("{");
    const entries = this.#until("}", () => {
      const key = this.#advance();
      if (key.type !== "name") {
        this.#next--;
        throw this.#unexpected("a name");
      }
      this.#take(":");
      return [key.name, this.#expression(0)] as const;
    });
    if (entries.length === 0) throw new JmespathProblem(at, "the braces contain no entry");
    return { kind: "hash", entries, at };
  }

  /** Parts separated by commas, and the closing token. */
  #until<T>(close: Punctuation, part: () => T): T[] {
    const parts: T[] = [];
    if (this.#skip(close)) return parts;
    do parts.push(part());
    while (this.#skip(","));
    this.#take(close);
    return parts;
  }
}
