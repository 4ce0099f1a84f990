import { isAnyObject } from "../text/any-object.js";

/** A value of a `document` member: any JSON value. */
export type DocumentType =
  null | boolean | number | string | readonly DocumentType[] | { readonly [key: string]: DocumentType };

/** Limits of the integer types: from `-limit` up to below it. A `long` beyond 2^53 is a bigint. */
export const integerLimits = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 } as const;

/** Whether a value may hold members: an object that is not an array, date or bytes. */
export function isObject(value: unknown): value is Record<string, unknown> {
  // Most are plain objects.
  if (isPlain(value)) return true;
  return isAnyObject(value) && !Array.isArray(value) && !isDate(value) && !isBytes(value);
}

/** Whether a value is an object of no class: all its members are its own. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return isAnyObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}

/** True for a `Date` of any realm. */
export function isDate(value: unknown): value is Date {
  return value instanceof Date || Object.prototype.toString.call(value) === "[object Date]";
}

/** True for a `Uint8Array` (a `Buffer` too) of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** Sets an own property, even one named `__proto__`: names and keys come from models and responses. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/**
 * Reads an own property. Only names that every object inherits (`constructor`, `toString`) need the check, so the
 * common case is one plain load.
 */
export function getOwn(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return key in Object.prototype && !Object.hasOwn(object, key) ? undefined : object[key];
}

/** {@link getOwn} for one name, checked once: one plain load for most names. */
export function getterOf(name: string): typeof getOwn {
  return name in Object.prototype ? getOwn : get;
}

function get(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return object[key];
}

/** Description of a value's type, for error messages. */
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

/** Memoizes a function of an object, for as long as the object exists. Used to compile descriptors at first use. */
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
