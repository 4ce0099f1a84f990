import {
  averageOf,
  greatestBy,
  isDeepEqual,
  leastBy,
  sortedBy,
  toArray,
  toNumber,
  toText,
  typeName,
} from "@clientsmith/runtime/codegen/v1";
import type { Expression } from "../jmespath/syntax.js";

type Evaluate = (expression: Expression, current: unknown) => unknown;
type Function = (...values: readonly unknown[]) => unknown;
type Key = number | string;

/**
 * The functions that the compiler has. A function returns null if an argument that it needs is null.
 *
 * @see https://jmespath.org/specification.html#built-in-functions
 */
const functions: Readonly<Record<string, Function>> = {
  abs: numeric(Math.abs),
  avg: (items) => averageOf(list(items) as readonly number[] | undefined),
  ceil: numeric(Math.ceil),
  contains: (subject, searched) => {
    if (typeof subject === "string") return typeof searched === "string" ? subject.includes(searched) : undefined;
    return list(subject)?.some((item) => isDeepEqual(item, searched));
  },
  ends_with: textual((text, end) => text.endsWith(end)),
  floor: numeric(Math.floor),
  join: (glue, items) => (typeof glue === "string" ? list(items)?.join(glue) : undefined),
  keys,
  length: (value) => {
    // The length of a string is its number of code points, not of UTF-16 code units.
    if (typeof value === "string") return Array.from(value).length;
    return (list(value) ?? keys(value))?.length;
  },
  merge: (...objects) => (objects.every(object) ? Object.assign({}, ...objects) : undefined),
  max: (items) => list(items) && greatestBy(list(items) as readonly Key[], (item) => item),
  min: (items) => list(items) && leastBy(list(items) as readonly Key[], (item) => item),
  not_null: (...values) => values.find((value) => value !== null && value !== undefined),
  reverse: (items) => {
    if (typeof items === "string") return Array.from(items).toReversed().join("");
    return list(items)?.toReversed();
  },
  sort: (items) => list(items) && sortedBy(list(items) as readonly Key[], (item) => item),
  starts_with: textual((text, start) => text.startsWith(start)),
  sum: (items) => list(items)?.reduce<number>((total, item) => total + Number(item), 0),
  to_array: toArray,
  to_number: toNumber,
  to_string: (value) => (value === null || value === undefined ? undefined : toText(value)),
  type: typeName,
  values: (value) => object(value) && Object.values(object(value) ?? {}).filter((item) => item !== undefined),
};

/** Functions of a list and an expression for each item's key. The compiler has checked the type of the keys. */
const byKey: Readonly<Record<string, typeof sortedBy | typeof greatestBy | typeof leastBy>> = {
  max_by: greatestBy,
  min_by: leastBy,
  sort_by: sortedBy,
};

/** Calls a JMESPath function. */
export function call(name: string, parameters: readonly Expression[], current: unknown, evaluate: Evaluate): unknown {
  const [first, second] = parameters;
  if (name === "map" && first?.kind === "reference" && second) {
    return list(evaluate(second, current))?.map((item) => evaluate(first.of, item));
  }
  const keyed = Object.hasOwn(byKey, name) ? byKey[name] : undefined;
  if (keyed && second?.kind === "reference") {
    const items = first && list(evaluate(first, current));
    return items && keyed(items, (item) => evaluate(second.of, item) as Key);
  }
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) throw new Error(`${name} is not a JMESPath function, or it is not supported`);
  return known(...parameters.map((parameter) => evaluate(parameter, current)));
}

function numeric(round: (value: number) => number): Function {
  return (value) => (typeof value === "number" ? round(value) : undefined);
}

function textual(test: (text: string, part: string) => boolean): Function {
  return (text, part) => (typeof text === "string" && typeof part === "string" ? test(text, part) : undefined);
}

/** Names of an object's members. */
function keys(value: unknown): string[] | undefined {
  const members = object(value);
  return members && Object.keys(members).filter((name) => members[name] !== undefined);
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

function object(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
