import { Digits } from "./values.js";

/** JSON of two spaces a level, with numbers as they were written. */
export function printJson(value: unknown, indent = ""): string {
  if (value instanceof Digits) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = Object.entries(value).map(
    ([key, item]) => `${inner}${isList ? "" : `${JSON.stringify(key)}: `}${printJson(item, inner)}`,
  );
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  return items.length === 0 ? open + close : `${open}\n${items.join(",\n")}\n${indent}${close}`;
}
