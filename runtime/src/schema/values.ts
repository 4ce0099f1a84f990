/** A value of a `document` member: anything that JSON can say. */
export type DocumentType =
  null | boolean | number | string | readonly DocumentType[] | { readonly [key: string]: DocumentType };

/** Limits of the whole-number types: from `-limit` up to below it. A `long` beyond 2^53 is given as a bigint. */
export const integerLimits = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 } as const;

/** True for what may hold members: an object that is no array, date or bytes. */
export function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  // Mostly a plain one, which needs no closer look.
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  return !Array.isArray(value) && !isDate(value) && !isBytes(value);
}

/** True for a `Date`, of whichever realm. */
export function isDate(value: unknown): value is Date {
  return value instanceof Date || Object.prototype.toString.call(value) === "[object Date]";
}

/** True for a `Uint8Array` (a `Buffer` too), of whichever realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** Sets an own property whatever its name, `__proto__` included: names and keys come from models and responses. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/**
 * Reads an own property. Only names that every object inherits (`constructor`, `toString`) need the check, so the
 * common case stays one plain load.
 */
export function getOwn(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return key in Object.prototype && !Object.hasOwn(object, key) ? undefined : object[key];
}

/** What a value is, in the words of an error message. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (isDate(value)) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  if (isBytes(value)) return "bytes";
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? `the number ${value}` : String(value);
    case "object":
      return "an object";
    case "undefined":
      return "undefined";
    default:
      return `a ${typeof value}`;
  }
}

/**
 * A function that makes something of an object once and keeps it as long as the object is there: what is compiled from
 * a descriptor is made at its first use.
 */
export function oncePer<Key extends object, Value extends object>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}
