import { stringLiteral } from "../text/literal.js";
import type { Compiler } from "./compile.js";
import { type Expression, JmespathProblem } from "./syntax.js";
import { isSimple, nameOf, type Type } from "./types.js";
import { access, arrow, call, loose, tight, type Value, value } from "./value.js";

export interface Call {
  readonly name: string;
  readonly at: number;
  readonly parameters: readonly (Value | Reference)[];
  readonly compiler: Compiler;
}

/** An expression argument (`&`), which the function evaluates itself. */
interface Reference {
  readonly of: Expression;
  readonly at: number;
}

const string: Type = { kind: "string" };
const number: Type = { kind: "number" };
const boolean: Type = { kind: "boolean" };

/**
 * The functions that waiters and endpoint parameters use. A function returns null if an argument that it needs is null.
 *
 * @see https://jmespath.org/specification.html#built-in-functions
 */
export const functions: Readonly<Record<string, (call: Call) => Value>> = {
  abs: (of) => rounded(of, "Math.abs"),
  ceil: (of) => rounded(of, "Math.ceil"),
  contains,
  ends_with: (of) => tested(of, "endsWith"),
  floor: (of) => rounded(of, "Math.floor"),
  join: (of) => {
    const [glue, list] = given(of, ["string"], ["list"]);
    expectItems(of, list, "string");
    return of.compiler.whenPresent(glue, ({ text }) => call(list, "join", text, string));
  },
  keys: (of) => {
    const [object] = given(of, ["map", "structure", "object"]);
    return of.compiler.whenPresent(object, (present) => keys(present, of));
  },
  length: (of) => {
    const [counted] = given(of, ["string", "list", "map", "structure", "object"]);
    if (counted.type.kind === "list") return value(access(counted, "length"), number, counted.nullable);
    return of.compiler.whenPresent(counted, (present) => {
      // The length of a string is its number of code points, not of UTF-16 code units.
      const list =
        present.type.kind === "string" ? value(`Array.from(${present.text})`, present.type) : keys(present, of);
      return value(access(list, "length"), number);
    });
  },
  map: (of) => {
    const [expression, list] = of.parameters;
    if (of.parameters.length !== 2 || !expression || !("of" in expression) || !list || "of" in list)
      throw new JmespathProblem(of.at, "map needs an expression (&…) and a list");
    const { type } = list;
    if (type.kind !== "list") throw unfit(of, list, "a list");
    return of.compiler.forEach({ ...list, type }, (each) => {
      const item = of.compiler.compile(expression.of, each);
      return call(list, "map", arrow(each.text, item), { kind: "list", item });
    });
  },
  not_null: (of) => {
    const [first, ...others] = of.parameters.map((each) => asValue(of, each));
    if (!first) throw new JmespathProblem(of.at, "not_null needs a value");
    return others.reduce((left, right) => {
      if (!left.nullable) return left;
      if (left.type.kind !== right.type.kind || !isSimple(left.type)) throw unfit(of, right, nameOf(left.type));
      return loose(`${tight(left)} ?? ${tight(right)}`, left.type, right.nullable);
    }, first);
  },
  reverse: (of) => {
    const [list] = given(of, ["list"]);
    return call(list, "toReversed", "");
  },
  starts_with: (of) => tested(of, "startsWith"),
  sum: (of) => {
    const [list] = given(of, ["list"]);
    expectItems(of, list, "number");
    return call(list, "reduce", "(total, each) => total + each, 0", number);
  },
  to_number: (of) => {
    const [text] = given(of, ["string", "number"]);
    if (text.type.kind === "number") return text;
    return of.compiler.whenPresent(text, (present) =>
      value(`${of.compiler.runtime("toNumber")}(${present.text})`, number, true),
    );
  },
  to_string: (of) => {
    const [from] = given(of, ["string", "number", "boolean"]);
    if (from.type.kind === "string") return from;
    return of.compiler.whenPresent(from, (present) => value(`String(${present.text})`, string));
  },
  values: (of) => {
    const [object] = given(of, ["map", "structure", "object"]);
    return of.compiler.compile({ kind: "values", of: { kind: "current", at: of.at }, at: of.at }, object);
  },
};

function contains(of: Call): Value {
  const [subject, searched] = given(of, ["string", "list"], []);
  if (subject.type.kind === "string") {
    if (searched.type.kind !== "string") throw unfit(of, searched, "a string");
    return of.compiler.whenPresent(searched, ({ text }) => call(subject, "includes", text, boolean));
  }
  if (subject.type.kind !== "list") throw unfit(of, subject, "string or list");
  const { item } = subject.type;
  if (isSimple(item.type) && item.type.kind === searched.type.kind && !searched.nullable) {
    return call(subject.withNulls ?? subject, "includes", searched.text, boolean);
  }
  const { text } = of.compiler.equality(value("item", item.type, item.nullable), searched, of.at);
  return call(subject, "some", arrow("item", { text }), boolean);
}

/** Names of an object's members. */
function keys(present: Value, { compiler, at }: Call): Value {
  const type: Type = { kind: "list", item: { type: string, nullable: false } };
  if (present.type.kind === "map") return value(`Object.keys(${present.text})`, type);
  const names = compiler.namesIn(present);
  if (names.length === 0) throw new JmespathProblem(at, `${nameOf(present.type)} has no members`);
  return compiler.name(present, ({ text }) => {
    const isThere = `(name) => Object.hasOwn(${text}, name) && ${text}[name] != null`;
    return value(`([${names.map(stringLiteral).join(", ")}] as const).filter(${isThere}) as string[]`, type);
  });
}

function expectItems(of: Call, list: Value, kind: "string" | "number"): void {
  const { type } = list;
  if (type.kind !== "list" || type.item.type.kind !== kind || type.item.nullable)
    throw unfit(of, list, `a list of ${kind}s`);
}

function rounded(of: Call, by: string): Value {
  const [from] = given(of, ["number"]);
  return of.compiler.whenPresent(from, ({ text }) => value(`${by}(${text})`, number));
}

function tested(of: Call, method: string): Value {
  const [subject, part] = given(of, ["string"], ["string"]);
  return of.compiler.whenPresent(part, ({ text }) => call(subject, method, text, boolean));
}

/** Checks number and types of arguments. An empty list of types allows any. */
function given(of: Call, first: readonly string[]): [Value];
function given(of: Call, first: readonly string[], second: readonly string[]): [Value, Value];
function given(of: Call, ...kinds: readonly (readonly string[])[]): Value[] {
  if (of.parameters.length !== kinds.length) {
    const wanted = kinds.length === 1 ? "1 argument" : `${kinds.length} arguments`;
    throw new JmespathProblem(of.at, `${of.name} takes ${wanted}, not ${of.parameters.length}`);
  }
  return kinds.map((wanted, index) => {
    const parameter = asValue(of, of.parameters[index]);
    if (wanted.length > 0 && !wanted.includes(parameter.type.kind)) throw unfit(of, parameter, wanted.join(" or "));
    return parameter;
  });
}

function asValue({ name, at }: Call, parameter: Value | Reference | undefined): Value {
  if (parameter && "text" in parameter) return parameter;
  throw new JmespathProblem(at, `${name} takes no expression (&…)`);
}

function unfit({ name, at }: Call, { type }: Value, wanted: string): JmespathProblem {
  return new JmespathProblem(at, `${name} needs ${wanted}, not ${nameOf(type)}`);
}
