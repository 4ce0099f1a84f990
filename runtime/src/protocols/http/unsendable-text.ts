import { ValidationError } from "../../errors/client.js";
import type { StructureShape } from "../../schema/shapes.js";
import { isBytes } from "../../schema/values.js";

/** Error for an input that could not be serialized because of a character in its text, with the path of that text. */
export function unsendableText({ name }: StructureShape, input: object, cause: unknown): unknown {
  const path = pathOf(input, /\p{Surrogate}/u) ?? pathOf(input, /[\0\uFFFE\uFFFF]/);
  if (!path) return cause;
  const message = "has a character that cannot be sent: half of a surrogate pair, U+0000, U+FFFE or U+FFFF";
  return new ValidationError(name, [{ path, rule: "type", message }], { cause });
}

/** Path of the first text or key that matches; undefined if there is none. */
function pathOf(value: unknown, pattern: RegExp): (string | number)[] | undefined {
  if (typeof value === "string") return pattern.test(value) ? [] : undefined;
  if (typeof value !== "object" || value === null || isBytes(value)) return undefined;
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const inside = pattern.test(String(key)) ? [] : pathOf(item, pattern);
    if (inside) return [key, ...inside];
  }
  return undefined;
}
