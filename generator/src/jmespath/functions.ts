import { stringLiteral } from "../text/literal.js";
import type { Compiler } from "./compile.js";
import { nothing } from "./literals.js";
import { type Expression, JmespathProblem } from "./syntax.js";
import { common, isSimple, nameOf, type Type } from "./types.js";
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
 * The functions of JMESPath. A function returns null if an argument that it needs is null.
 *
 * @see https://jmespath.org/specification.html#built-in-functions
 */
export const functions: Readonly<Record<string, (call: Call) => Value>> = {
  abs: (of) => rounded(of, "Math.abs"),
  avg: (of) => {
    const [list] = given(of, ["list"]);
    expectItems(of, list, "number");
    return value(`${of.compiler.runtime("averageOf")}(${list.text})`, number, true);
  },
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
  max: (of) => extreme(of, "greatestBy"),
  max_by: (of) => byKey(of, "greatestBy"),
  merge: (of) => {
    const objects = of.parameters.map((each) => asValue(of, each));
    const [first] = objects;
    if (!first) throw new JmespathProblem(of.at, "merge needs an object");
    const kind = first.type.kind === "map" ? "map" : "object";
    const other = objects.find(({ type }) => type.kind !== kind);
    if (other) throw unfit(of, other, kind === "map" ? "a map" : "an object or a map");
    return merged(of, objects, []);
  },
  min: (of) => extreme(of, "leastBy"),
  min_by: (of) => byKey(of, "leastBy"),
  not_null: (of) => {
    const [first, ...others] = of.parameters.map((each) => asValue(of, each));
    if (!first) throw new JmespathProblem(of.at, "not_null needs a value");
    return others.reduce((left, right) => {
      if (!left.nullable || right.type.kind === "null") return left;
      if (left.type.kind === "null") return right;
      return loose(`${tight(left)} ?? ${tight(right)}`, common([left, right]).type, right.nullable);
    }, first);
  },
  reverse: (of) => {
    const [reversed] = given(of, ["list", "string"]);
    if (reversed.type.kind === "list") return call(reversed, "toReversed", "");
    return of.compiler.whenPresent(reversed, ({ text }) => value(`Array.from(${text}).toReversed().join("")`, string));
  },
  sort: (of) => sorted(of),
  sort_by: (of) => byKey(of, "sortedBy"),
  starts_with: (of) => tested(of, "startsWith"),
  sum: (of) => {
    const [list] = given(of, ["list"]);
    expectItems(of, list, "number");
    return call(list, "reduce", "(total, each) => total + each, 0", number);
  },
  to_array: (of) => {
    const [from] = given(of, []);
    if (from.type.kind === "list" && !from.nullable) return from;
    const item = from.type.kind === "list" ? from.type.item : from;
    const isKnown = from.type.kind !== "list" && from.type.kind !== "any";
    const text = isKnown ? `[${from.text}]` : `${of.compiler.runtime("toArray")}(${from.text})`;
    return value(text, { kind: "list", item: { type: item.type, nullable: item.nullable || from.nullable } });
  },
  to_number: (of) => {
    const [from] = given(of, []);
    if (from.type.kind === "number") return from;
    if (from.type.kind !== "string" && from.type.kind !== "any") {
      return of.compiler.onlyNull(new JmespathProblem(of.at, `to_number of ${nameOf(from.type)} is null`));
    }
    return of.compiler.whenPresent(from, (present) =>
      value(`${of.compiler.runtime("toNumber")}(${present.text})`, number, true),
    );
  },
  to_string: (of) => {
    const [from] = given(of, []);
    if (from.type.kind === "string") return from;
    if (from.type.kind === "opaque") throw unfit(of, from, "a value that JSON has");
    return of.compiler.whenPresent(from, (present) => {
      const isScalar = from.type.kind === "number" || from.type.kind === "boolean";
      if (isScalar) return value(`String(${present.text})`, string);
      return value(`${of.compiler.runtime("toText")}(${present.text})`, string);
    });
  },
  type: (of) => {
    const [from] = given(of, []);
    if (from.type.kind === "opaque") throw unfit(of, from, "a value that JSON has");
    return value(`${of.compiler.runtime("typeName")}(${from.text})`, string);
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
  const { text } = of.compiler.comparisons.equality(value("item", item.type, item.nullable), searched, of.at);
  return call(subject, "some", arrow("item", { text }), boolean);
}

/** Names of an object's members. */
function keys(present: Value, { compiler }: Call): Value {
  const type: Type = { kind: "list", item: { type: string, nullable: false } };
  if (present.type.kind === "map") return value(`Object.keys(${present.text})`, type);
  const names = compiler.namesIn(present);
  if (names.length === 0) return value("([] as string[])", type);
  return compiler.name(present, ({ text }) => {
    const isThere = `(name) => Object.hasOwn(${text}, name) && ${text}[name] !== undefined`;
    return value(`([${names.map(stringLiteral).join(", ")}] as const).filter(${isThere}) as string[]`, type);
  });
}

/** Checks a list of strings or numbers. A list without items fits any function. */
function expectItems(of: Call, list: Value, ...kinds: readonly string[]): void {
  const { type } = list;
  if (type.kind !== "list" || type.item.nullable || ![...kinds, "null"].includes(type.item.type.kind))
    throw unfit(of, list, `a list of ${kinds.map((kind) => `${kind}s`).join(" or ")}`);
}

/** `max` and `min`: the item itself is the key. */
function extreme(of: Call, symbol: "greatestBy" | "leastBy"): Value {
  const [list] = given(of, ["list"]);
  expectItems(of, list, "number", "string");
  return keyed(of, symbol, list, (item) => item);
}

function sorted(of: Call): Value {
  const [list] = given(of, ["list"]);
  expectItems(of, list, "number", "string");
  return keyed(of, "sortedBy", list, (item) => item);
}

/** `max_by`, `min_by` and `sort_by`: an expression is the key. */
function byKey(of: Call, symbol: "greatestBy" | "leastBy" | "sortedBy"): Value {
  const [list, expression] = of.parameters;
  if (of.parameters.length !== 2 || !list || "of" in list || !expression || !("of" in expression))
    throw new JmespathProblem(of.at, `${of.name} needs a list and an expression (&…)`);
  if (list.type.kind !== "list") throw unfit(of, list, "a list");
  return keyed(of, symbol, list, (item) => {
    const key = of.compiler.compile(expression.of, item);
    if (["number", "string"].includes(key.type.kind) && !key.nullable) return key;
    const problem = `${of.name} needs a number or a string as each item's key, not ${nameOf(key.type)}`;
    throw new JmespathProblem(of.at, `${problem}${key.nullable ? " that may be null" : ""}`);
  });
}

function keyed(of: Call, symbol: string, list: Value, keyOf: (item: Value) => Value): Value {
  const { type } = list;
  if (type.kind !== "list") throw unfit(of, list, "a list");
  // The list is always empty.
  if (type.item.type.kind === "null" && !type.item.nullable) return symbol === "sortedBy" ? list : nothing;
  return of.compiler.forEach({ ...list, type }, (each) => {
    const key = arrow(each.text, keyOf(each));
    return of.compiler.whenPresent(list, ({ text }) => {
      const result = `${of.compiler.runtime(symbol)}(${text}, ${key})`;
      return symbol === "sortedBy" ? value(result, type) : value(result, type.item.type, true);
    });
  });
}

/** `{ ...first, ...second }`; null if one of them is null. */
function merged(of: Call, objects: readonly Value[], present: readonly Value[]): Value {
  const [next, ...others] = objects;
  if (next && !next.nullable) return merged(of, others, [...present, next]);
  if (next) return of.compiler.whenPresent(next, (each) => merged(of, others, [...present, each]));
  const maps = present.flatMap(({ type }) => (type.kind === "map" ? [type.value] : []));
  const entries = new Map(present.flatMap(({ type }) => (type.kind === "object" ? [...type.entries] : [])));
  const type: Type = maps.length > 0 ? { kind: "map", value: common(maps) } : { kind: "object", entries };
  return loose(`{ ${present.map((each) => `...${tight(each)}`).join(", ")} }`, type);
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
