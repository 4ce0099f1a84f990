/**
 * The functions that compiled JMESPath expressions need. Null and undefined are equal, because JMESPath does not
 * distinguish null from missing.
 *
 * @see https://jmespath.org/specification.html
 */

/** False for null, false, and empty strings, lists and objects; `0` is true. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== "object" || !isPlain(value)) return true;
  return Object.values(value).some((item) => item !== undefined);
}

/** Deep equality. */
export function isDeepEqual(left: unknown, right: unknown): boolean {
  if (left === null || left === undefined) return right === null || right === undefined;
  if (typeof left !== "object" || typeof right !== "object" || right === null) return left === right;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => isDeepEqual(item, right[index]));
  }
  if (!isPlain(left) || !isPlain(right)) return left === right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => isDeepEqual(own(left, name), own(right, name)));
}

/** Undefined unless both are numbers. */
export function compareNumbers(
  left: unknown,
  comparator: "<" | "<=" | ">" | ">=",
  right: unknown,
): boolean | undefined {
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (comparator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** Whether a list has at least one item and every non-null item equals the expected value. */
export function isEach(values: readonly unknown[] | undefined, expected: string): boolean {
  const present = (values ?? []).filter((value) => value !== null && value !== undefined);
  return present.length > 0 && present.every((value) => value === expected);
}

/** A number, or the number that a text is in JSON; undefined for any other value. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const isNumber = typeof value === "string" && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value);
  return isNumber ? Number(value) : undefined;
}

/** A text, or the JSON of any other value. */
export function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** A list, or a list of the one value. */
export function toArray<Item>(value: readonly Item[] | Item): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item];
}

/** The name of a value's type in JMESPath. */
export function typeName(value: unknown): "array" | "boolean" | "null" | "number" | "object" | "string" {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

/** A value that is a list; undefined for any other. */
export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

/** A member of a value that is an object. Inherited members do not count. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? own(value, name) : undefined;
}

/** The member values of a value that is an object. */
export function valuesOf(value: unknown): readonly unknown[] | undefined {
  return isObject(value) ? Object.values(value) : undefined;
}

/** The mean of numbers; undefined for an empty list. */
export function averageOf(numbers: readonly number[] | undefined): number | undefined {
  if (!numbers || numbers.length === 0) return undefined;
  return numbers.reduce((total, each) => total + each, 0) / numbers.length;
}

/** The items in order of their keys. Items with equal keys keep their order. */
export function sortedBy<Item>(list: readonly Item[], keyOf: (item: Item) => number | string): Item[] {
  const keyed = list.map((item) => ({ item, key: keyOf(item) }));
  return keyed
    .toSorted((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ item }) => item);
}

/** The first item with the greatest key; undefined for an empty list. */
export function greatestBy<Item>(list: readonly Item[], keyOf: (item: Item) => number | string): Item | undefined {
  return list.length === 0 ? undefined : list.reduce((best, each) => (keyOf(each) > keyOf(best) ? each : best));
}

/** The first item with the least key; undefined for an empty list. */
export function leastBy<Item>(list: readonly Item[], keyOf: (item: Item) => number | string): Item | undefined {
  return list.length === 0 ? undefined : list.reduce((best, each) => (keyOf(each) < keyOf(best) ? each : best));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
