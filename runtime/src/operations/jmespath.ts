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

/** Undefined if one of the two is missing. */
export function compareNumbers(
  left: number | null | undefined,
  comparator: "<" | "<=" | ">" | ">=",
  right: number | null | undefined,
): boolean | undefined {
  if (left === null || left === undefined || right === null || right === undefined) return undefined;
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

/** The number that a text is in JSON; undefined for other text. */
export function toNumber(text: string): number | undefined {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
