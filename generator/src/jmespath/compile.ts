import type { ShapeId } from "../model/model.js";
import { quote } from "../model/source/quote.js";
import type { ShapeIr } from "../ir/ir.js";
import { literal, propertyKey, stringLiteral } from "../text/literal.js";
import { functions } from "./functions.js";
import { flattened, indexed, listOf, type ListValue, sliced } from "./lists.js";
import { type Comparator, type Expression, JmespathProblem } from "./syntax.js";
import { common, isSimple, nameOf, type Type, type Typed, typeOf, typeOfJson } from "./types.js";
import { uses } from "./uses.js";
import { access, call, arrow, isReference, loose, tight, type Value, value } from "./value.js";

/** Context of an expression's code. */
export interface Surroundings {
  readonly shapes: ReadonlyMap<ShapeId, ShapeIr>;
  /** Local names of runtime symbols. */
  readonly runtime: Readonly<Record<string, string>>;
}

const boolean: Type = { kind: "boolean" };

/**
 * Compiles one expression to TypeScript, using the model's types: what they decide is not tested at run time. Throws a
 * `JmespathProblem` for an expression that can only be null according to the types, because that is a mistake.
 */
export class Compiler {
  readonly #surroundings: Surroundings;
  /** Expressions that were compared. The TypeScript compiler narrows them, which JMESPath does not. */
  readonly #compared = new Set<string>();
  #narrows = false;
  #found = 0;
  #depth = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Compiles an expression that is evaluated on `current`. */
  compile(expression: Expression, current: Value): Value {
    switch (expression.kind) {
      case "current":
        return current;
      case "field":
        return this.#field(current, expression.name, expression.at);
      case "literal":
        return literalOf(expression.value);
      case "chain":
        return this.#chain(expression.left, expression.right, current);
      case "index":
        return indexed(this.#list(expression.of, current, `[${expression.index}]`), expression.index);
      case "slice":
        return sliced(this.#list(expression.of, current, "A slice"), expression.bounds);
      case "flatten":
        return flattened(this.#list(expression.of, current, "[]"));
      case "filter":
        return this.#filtered(this.#list(expression.of, current, "A filter"), expression.condition);
      case "values":
        return this.#values(this.compile(expression.of, current), expression.at);
      case "projection":
        return this.#projected(this.#list(expression.of, current, "A projection"), expression.each);
      case "list":
        return this.#selection(current, (bound) => this.#listOf(expression.items, bound));
      case "hash":
        return this.#selection(current, (bound) => this.#hashOf(expression.entries, bound));
      case "and":
      case "or":
        return this.#either(expression.kind, expression.left, expression.right, current);
      case "not":
        this.#narrows = true;
        return loose(`!${this.#condition(this.compile(expression.of, current))}`, boolean);
      case "comparison":
        return this.#comparison(expression, current);
      case "call":
        return this.#call(expression.name, expression.arguments, current, expression.at);
      case "reference":
        throw new JmespathProblem(expression.at, "& is only allowed where a function expects an expression");
    }
  }

  runtime(symbol: string): string {
    return this.#surroundings.runtime[symbol] ?? symbol;
  }

  /** Code that needs a value more than once. A short value is repeated, any other is bound to a name. */
  bind(of: Value, use: (bound: Value) => Value): Value {
    return isReference(of) ? use(of) : this.name(of, use);
  }

  /** Like `bind`, but narrowing of the value also holds in inner functions. */
  name(of: Value, use: (bound: Value) => Value): Value {
    this.#found++;
    const name = this.#found === 1 ? "found" : `found${this.#found}`;
    const used = use(value(name, of.type, of.nullable));
    return value(`(${arrow(name, used)})(${of.text})`, used.type, used.nullable);
  }

  /** Null if the value is null, otherwise the result of `use`. */
  whenPresent(of: Value, use: (present: Value) => Value): Value {
    if (!of.nullable) return this.bind(of, use);
    return this.bind(of, (bound) => {
      const used = use(value(bound.text, bound.type));
      return loose(`${bound.text} == null ? undefined : ${tight(used)}`, used.type, true);
    });
  }

  #field(of: Value, name: string, at: number): Value {
    const { type } = of;
    const found = this.#member(of, name, at);
    if (of.parts) return of.parts.get(name) ?? value(name, found.type, found.nullable);
    // Inherited members exist on every object.
    if (name in Object.prototype) {
      return this.whenPresent(of, (present) => {
        const key = stringLiteral(name);
        if (type.kind === "map") {
          // For the compiler the name is the inherited method, whatever the map contains.
          const text = `Object.entries(${present.text}).find(([name]) => name === ${key})?.[1]`;
          return value(text, found.type, true);
        }
        const text = `Object.hasOwn(${present.text}, ${key}) ? ${access(present, name)} : undefined`;
        return loose(text, found.type, true);
      });
    }
    const nullable = type.kind === "object" ? of.nullable || found.nullable : found.nullable;
    return value(access(of, name), found.type, nullable);
  }

  #member({ type }: Value, name: string, at: number): Typed {
    if (type.kind === "map") return { type: type.value.type, nullable: true };
    if (type.kind === "structure") {
      const member = type.shape.members.find((each) => each.name === name);
      if (member) return { type: typeOf(member.type, member.sparse, this.#surroundings.shapes), nullable: true };
      throw missing(
        name,
        nameOf(type),
        type.shape.members.map((each) => each.name),
        at,
      );
    }
    if (type.kind === "object") {
      const entry = type.entries.get(name);
      if (entry) return entry;
      throw missing(name, nameOf(type), [...type.entries.keys()], at);
    }
    throw new JmespathProblem(at, `${nameOf(type)} has no member ${quote(name)}`);
  }

  #chain(left: Expression, right: Expression, current: Value): Value {
    const of = this.compile(left, current);
    return uses(right) > 1 ? this.bind(of, (bound) => this.compile(right, bound)) : this.compile(right, of);
  }

  /** Compiles a part of the expression that must be a list. */
  #list(expression: Expression, current: Value, what: string): ListValue {
    const found = this.compile(expression, current);
    const { type } = found;
    if (type.kind === "list") return { ...found, type };
    throw new JmespathProblem(expression.at, `${what} requires a list, but this is ${nameOf(type)}`);
  }

  #filtered(list: ListValue, condition: Expression): Value {
    return this.forEach(list, (each) => {
      const text = this.#condition(this.compile(condition, each));
      return call(list, "filter", arrow(each.text, { text }));
    });
  }

  #projected(list: ListValue, expression: Expression): Value {
    return this.forEach(list, (each) => {
      const item = this.compile(expression, each);
      const type: Type = { kind: "list", item: { type: item.type, nullable: false } };
      const all: Value = item === each ? { ...list, type } : call(list, "map", arrow(each.text, item), type);
      if (!item.nullable) return all;
      return { ...call(all, "filter", `(${each.text}) => ${each.text} != null`), withNulls: all };
    });
  }

  /** Code that iterates over a list, with a variable that no enclosing list uses. */
  forEach({ type }: ListValue, use: (each: Value) => Value): Value {
    this.#depth++;
    const name = this.#depth === 1 ? "each" : `each${this.#depth}`;
    const used = use(value(name, type.item.type, type.item.nullable));
    this.#depth--;
    return used;
  }

  /** The member values of an object as a list. */
  #values(of: Value, at: number): Value {
    const { type } = of;
    if (type.kind === "map") {
      return this.whenPresent(of, ({ text }) => value(`Object.values(${text})`, { kind: "list", item: type.value }));
    }
    if (type.kind === "structure" || type.kind === "object") {
      return this.whenPresent(of, (present) => {
        const members = this.namesIn(present).map((name) => this.#field(present, name, at));
        return listOf(members);
      });
    }
    throw new JmespathProblem(at, `* requires an object, but this is ${nameOf(type)}`);
  }

  /** The members that an object can have. */
  namesIn({ type }: Value): string[] {
    if (type.kind === "structure") return type.shape.members.map(({ name }) => name);
    return type.kind === "object" ? [...type.entries.keys()] : [];
  }

  #selection(current: Value, select: (bound: Value) => Value): Value {
    return current.parts ? select(current) : this.whenPresent(current, select);
  }

  #listOf(items: readonly Expression[], current: Value): Value {
    return listOf(items.map((item) => this.compile(item, current)));
  }

  #hashOf(entries: readonly (readonly [string, Expression])[], current: Value): Value {
    const values = new Map(entries.map(([name, expression]) => [name, this.compile(expression, current)]));
    const text = [...values].map(([name, { text: each }]) => `${propertyKey(name)}: ${each}`).join(", ");
    return loose(`{ ${text} }`, { kind: "object", entries: values });
  }

  /**
   * `a && b` and `a || b`, which return one of the two. For strings and booleans, JavaScript's operators do the same.
   */
  #either(kind: "and" | "or", left: Expression, right: Expression, current: Value): Value {
    if (kind === "and") this.#narrows = true;
    const first = this.compile(left, current);
    if (first.literal) {
      return isTruthy(first.literal.value) === (kind === "and") ? this.compile(right, current) : first;
    }
    const isPlain = first.type.kind === "boolean" || first.type.kind === "string";
    if (isPlain) this.#note(first);
    const second = this.compile(right, current);
    const { type } = common([first, second]);
    const nullable = second.nullable || (kind === "and" && first.nullable) || second.type.kind === "null";
    if (isPlain) {
      return loose(`${tight(first)} ${kind === "and" ? "&&" : "||"} ${tight(second)}`, type, nullable);
    }
    return this.bind(first, (bound) => {
      const [then, otherwise] = kind === "and" ? [second, bound] : [bound, second];
      return loose(`${this.#condition(bound)} ? ${tight(then)} : ${tight(otherwise)}`, type, nullable);
    });
  }

  /** A JavaScript expression that is truthy if the value is truthy in JMESPath. */
  #condition(of: Value): string {
    if (of.literal) return String(isTruthy(of.literal.value));
    switch (of.type.kind) {
      case "boolean":
      case "string":
        this.#note(of);
        return tight(of);
      case "number":
        this.#note(of);
        return of.nullable ? `(${tight(of)} != null)` : "true";
      case "null":
        return "false";
      case "list":
        return of.nullable ? `((${access(of, "length")} ?? 0) > 0)` : `(${access(of, "length")} > 0)`;
      default:
        return `${this.runtime("isTruthy")}(${of.text})`;
    }
  }

  #note(of: Value): void {
    this.#compared.add(of.text);
  }

  #comparison(expression: Extract<Expression, { kind: "comparison" }>, current: Value): Value {
    const { comparator } = expression;
    if (comparator === "!=") this.#narrows = true;
    const left = this.compile(expression.left, current);
    const right = this.compile(expression.right, current);
    if (comparator !== "==" && comparator !== "!=") return this.#order(left, comparator, right, expression.at);
    const equal = this.equality(left, right, expression.at);
    if (comparator === "==") return equal;
    return equal.literal ? literalOf(equal.literal.value === false) : loose(`!${tight(equal)}`, boolean);
  }

  #order(left: Value, comparator: Exclude<Comparator, "==" | "!=">, right: Value, at: number): Value {
    for (const { type } of [left, right]) {
      if (type.kind !== "number")
        throw new JmespathProblem(at, `"${comparator}" compares numbers, but one side is ${nameOf(type)}`);
    }
    if (!left.nullable && !right.nullable) return loose(`${tight(left)} ${comparator} ${tight(right)}`, boolean);
    const parameters = [left.text, stringLiteral(comparator), right.text].join(", ");
    return value(`${this.runtime("compareNumbers")}(${parameters})`, boolean, true);
  }

  equality(left: Value, right: Value, at: number): Value {
    if (left.literal && right.literal) return literalOf(literal(left.literal.value) === literal(right.literal.value));
    const [known, other] = left.literal ? [left, right] : [right, left];
    if (known.literal && known.type.kind === "null") return this.#isNull(other);
    for (const { type } of [left, right]) {
      if (type.kind === "opaque") throw new JmespathProblem(at, `${nameOf(type)} cannot be compared`);
    }
    const isAny = left.type.kind === "mixed" || right.type.kind === "mixed";
    const family = ({ type }: Value): string => (isSimple(type) || type.kind === "list" ? type.kind : "object");
    if (!isAny && family(left) !== family(right)) {
      throw new JmespathProblem(
        at,
        `${nameOf(left.type)} is compared with ${nameOf(right.type)}: they are never equal`,
      );
    }
    const narrowed = this.#compared.has(other.text) && (this.#narrows || known.type.kind === "boolean");
    if (isSimple(left.type) && isSimple(right.type) && !narrowed) {
      if (known.literal) this.#note(other);
      return loose(`${tight(left)} === ${tight(right)}`, boolean);
    }
    return value(`${this.runtime("isDeepEqual")}(${left.text}, ${right.text})`, boolean);
  }

  #isNull(of: Value): Value {
    if (!of.nullable && of.type.kind !== "null") return literalOf(false);
    if (isSimple(of.type) && !this.#compared.has(of.text)) {
      this.#note(of);
      return loose(`${tight(of)} == null`, boolean);
    }
    // A comparison with null would narrow the value to `never` for the compiler.
    return value(`${this.runtime("isDeepEqual")}(${of.text}, null)`, boolean);
  }

  #call(name: string, parameters: readonly Expression[], current: Value, at: number): Value {
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!known) {
      const problem = `there is no function ${quote(name)}, or it is not supported: supported are ${Object.keys(functions).join(", ")}`;
      throw new JmespathProblem(at, problem);
    }
    const values = parameters.map((parameter) =>
      parameter.kind === "reference" ? { of: parameter.of, at: parameter.at } : this.compile(parameter, current),
    );
    return known({ name, at, parameters: values, compiler: this });
  }
}

function literalOf(of: unknown): Value {
  return { ...value(literal(of), typeOfJson(of), of === null), literal: { value: of }, loose: true };
}

function isTruthy(of: unknown): boolean {
  if (of === null || of === false || of === "") return false;
  return typeof of !== "object" || Object.keys(of).length > 0;
}

const namesShown = 10;

function missing(name: string, where: string, names: readonly string[], at: number): JmespathProblem {
  const shown = names.slice(0, namesShown).map(quote).join(", ");
  const has = names.length === 0 ? "nothing" : `${shown}${names.length > namesShown ? " and more" : ""}`;
  return new JmespathProblem(at, `${where} has no member ${quote(name)}; it has ${has}`);
}
