import type { ShapeId } from "../model/model.js";
import { quote } from "../model/source/quote.js";
import type { ShapeIr } from "../ir/ir.js";
import { propertyKey, stringLiteral } from "../text/literal.js";
import { Comparisons } from "./comparisons.js";
import { functions } from "./functions.js";
import { flattened, indexed, listOf, type ListValue, sliced } from "./lists.js";
import { isTruthy, literalOf, nothing } from "./literals.js";
import { parse } from "./parse.js";
import { type Expression, JmespathProblem } from "./syntax.js";
import { common, nameOf, type Type, type Typed, typeOf } from "./types.js";
import { uses } from "./uses.js";
import { access, call, arrow, isReference, loose, mentions, tight, type Value, value } from "./value.js";

/** Context of an expression's code. */
export interface Surroundings {
  readonly shapes: ReadonlyMap<ShapeId, ShapeIr>;
  /** Local names of runtime symbols. */
  readonly runtime: Readonly<Record<string, string>>;
}

const boolean: Type = { kind: "boolean" };

/**
 * Compiles one expression to TypeScript, using the model's types: what they decide is not tested at run time. Throws a
 * `JmespathProblem` for an invalid expression.
 */
export class Compiler {
  /**
   * Parts of the expression that always have the same result according to the types: a member that does not exist is
   * null, a string never equals a number.
   */
  readonly mistakes: JmespathProblem[] = [];
  readonly #surroundings: Surroundings;
  readonly comparisons = new Comparisons((symbol) => this.runtime(symbol), this.mistakes);
  #found = 0;
  #depth = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Compiles a path of a model. Throws a `JmespathProblem` for an invalid path, and for one with a mistake. */
  compilePath(path: string, root: Value): Value {
    const compiled = this.compile(parse(path), root);
    const [mistake] = this.mistakes;
    if (mistake) throw mistake;
    return compiled;
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
        return this.#onList(expression.of, current, `[${expression.index}]`, (list) => indexed(list, expression.index));
      case "slice":
        return this.#onList(expression.of, current, "A slice", (list) => sliced(list, expression.bounds));
      case "flatten":
        return this.#onList(expression.of, current, "[]", flattened);
      case "filter":
        return this.#onList(expression.of, current, "A filter", (list) => this.#filtered(list, expression.condition));
      case "values":
        return this.#values(this.compile(expression.of, current), expression.at);
      case "projection":
        return this.#onList(expression.of, current, "A projection", (list) => this.#projected(list, expression.each));
      case "list":
        return this.#selection(current, (bound) => this.#listOf(expression.items, bound));
      case "hash":
        return this.#selection(current, (bound) => this.#hashOf(expression.entries, bound));
      case "and":
      case "or":
        return this.#either(expression.kind, expression.left, expression.right, current);
      case "not":
        this.comparisons.narrows = true;
        return loose(`!${this.comparisons.condition(this.compile(expression.of, current))}`, boolean);
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

  /** Records a part that can only be null. */
  onlyNull(problem: JmespathProblem): Value {
    this.mistakes.push(problem);
    return nothing;
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
    if (!mentions(used.text, name)) return used;
    return value(`(${arrow(name, used)})(${of.text})`, used.type, used.nullable);
  }

  /** Null if the value is null, otherwise the result of `use`. */
  whenPresent(of: Value, use: (present: Value) => Value): Value {
    if (of.type.kind === "null") return nothing;
    if (!of.nullable) return this.bind(of, use);
    return this.bind(of, (bound) => {
      const used = use(value(bound.text, bound.type));
      return loose(`${bound.text} == null ? undefined : ${tight(used)}`, used.type, true);
    });
  }

  #field(of: Value, name: string, at: number): Value {
    const { type } = of;
    if (type.kind === "null") return nothing;
    const found = this.#member(of, name, at);
    if (found instanceof JmespathProblem) return this.onlyNull(found);
    if (type.kind === "any")
      return value(`${this.runtime("memberOf")}(${of.text}, ${stringLiteral(name)})`, type, true);
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

  #member({ type }: Value, name: string, at: number): Typed | JmespathProblem {
    if (type.kind === "any") return { type, nullable: true };
    if (type.kind === "map") return { type: type.value.type, nullable: true };
    if (type.kind === "structure") {
      const member = type.shape.members.find((each) => each.name === name);
      if (member) return { type: typeOf(member.type, member.sparse, this.#surroundings.shapes), nullable: true };
      return missing(
        name,
        nameOf(type),
        type.shape.members.map((each) => each.name),
        at,
      );
    }
    if (type.kind === "object") {
      const entry = type.entries.get(name);
      if (entry) return entry;
      return missing(name, nameOf(type), [...type.entries.keys()], at);
    }
    return new JmespathProblem(at, `${nameOf(type)} has no member ${quote(name)}`);
  }

  #chain(left: Expression, right: Expression, current: Value): Value {
    const of = this.compile(left, current);
    return uses(right) > 1 ? this.bind(of, (bound) => this.compile(right, bound)) : this.compile(right, of);
  }

  /** Compiles a part of the expression that must be a list. Of any other value, the result is null. */
  #onList(expression: Expression, current: Value, what: string, use: (list: ListValue) => Value): Value {
    const found = this.compile(expression, current);
    const { type } = found;
    if (type.kind === "list") return use({ ...found, type });
    if (type.kind === "any") {
      const list = { kind: "list", item: { type, nullable: true } } as const;
      return use({ ...value(`${this.runtime("asList")}(${found.text})`, list, true), type: list });
    }
    if (type.kind === "null") return nothing;
    const problem = `${what} requires a list, but this is ${nameOf(type)}`;
    return this.onlyNull(new JmespathProblem(expression.at, problem));
  }

  #filtered(list: ListValue, condition: Expression): Value {
    return this.forEach(list, (each) => {
      const text = this.comparisons.condition(this.compile(condition, each));
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
    if (type.kind === "any") {
      const list: Type = { kind: "list", item: { type, nullable: true } };
      return value(`${this.runtime("valuesOf")}(${of.text})`, list, true);
    }
    if (type.kind === "null") return nothing;
    return this.onlyNull(new JmespathProblem(at, `* requires an object, but this is ${nameOf(type)}`));
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
    if (kind === "and") this.comparisons.narrows = true;
    const first = this.compile(left, current);
    if (first.literal) {
      return isTruthy(first.literal.value) === (kind === "and") ? this.compile(right, current) : first;
    }
    const isPlain = first.type.kind === "boolean" || first.type.kind === "string";
    if (isPlain) this.comparisons.note(first);
    const second = this.compile(right, current);
    const { type } = common([first, second]);
    const nullable = second.nullable || (kind === "and" && first.nullable) || second.type.kind === "null";
    if (isPlain) {
      return loose(`${tight(first)} ${kind === "and" ? "&&" : "||"} ${tight(second)}`, type, nullable);
    }
    return this.bind(first, (bound) => {
      const [then, otherwise] = kind === "and" ? [second, bound] : [bound, second];
      return loose(`${this.comparisons.condition(bound)} ? ${tight(then)} : ${tight(otherwise)}`, type, nullable);
    });
  }

  #comparison(expression: Extract<Expression, { kind: "comparison" }>, current: Value): Value {
    const { comparator } = expression;
    if (comparator === "!=") this.comparisons.narrows = true;
    const left = this.compile(expression.left, current);
    const right = this.compile(expression.right, current);
    if (comparator !== "==" && comparator !== "!=")
      return this.comparisons.order(left, comparator, right, expression.at);
    const equal = this.comparisons.equality(left, right, expression.at);
    if (comparator === "==") return equal;
    return equal.literal ? literalOf(equal.literal.value === false) : loose(`!${tight(equal)}`, boolean);
  }

  #call(name: string, parameters: readonly Expression[], current: Value, at: number): Value {
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!known) {
      const problem = `there is no function ${quote(name)}; the functions are ${Object.keys(functions).join(", ")}`;
      throw new JmespathProblem(at, problem);
    }
    const values = parameters.map((parameter) =>
      parameter.kind === "reference" ? { of: parameter.of, at: parameter.at } : this.compile(parameter, current),
    );
    return known({ name, at, parameters: values, compiler: this });
  }
}

const namesShown = 10;

function missing(name: string, where: string, names: readonly string[], at: number): JmespathProblem {
  const shown = names.slice(0, namesShown).map(quote).join(", ");
  const has = names.length === 0 ? "nothing" : `${shown}${names.length > namesShown ? " and more" : ""}`;
  return new JmespathProblem(at, `${where} has no member ${quote(name)}; it has ${has}`);
}
