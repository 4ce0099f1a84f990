import { isAnyObject } from "../text/any-object.js";
import { ValidationError } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { isBytes } from "../schema/values.js";

const halves = /\p{Surrogate}/u;

/**
 * Wraps a writer, so that a `URIError`, which writers throw for text that their format cannot represent, becomes an
 * error with the path of that text.
 *
 * @throws ValidationError (from the returned function)
 */
export function locatingText<T>({ name }: StructureShape, write: (input: object) => T): (input: object) => T {
  return (input) => {
    try {
      return write(input);
    } catch (cause) {
      const path = cause instanceof URIError && (pathOf(input, halves) ?? pathOf(input, /[\0\uFFFE\uFFFF]/));
      if (!path) throw cause;
      const message = "has a character that cannot be sent: half of a surrogate pair, U+0000, U+FFFE or U+FFFF";
      throw new ValidationError(name, [{ path, rule: "type", message }], { cause });
    }
  };
}

/** Path of the first text or key that matches; undefined if there is none. */
function pathOf(value: unknown, pattern: RegExp): (string | number)[] | undefined {
  if (typeof value === "string") return pattern.test(value) ? [] : undefined;
  if (!isAnyObject(value) || isBytes(value)) return undefined;
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const inside = pattern.test(String(key)) ? [] : pathOf(item, pattern);
    if (inside) return [key, ...inside];
  }
  return undefined;
}
