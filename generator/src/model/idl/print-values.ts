import { isIdentifier } from "../source/ids.js";
import { isJsonObject, type Json } from "../source/json.js";
import { Digits } from "./values.js";

/** Columns of a line, for what can be broken. */
export const width = 120;
const step = "    ";

/** One level further in. */
export const deeper = (indent: string): string => `${indent}${step}`;

/** A value as IDL writes it: on one line where there is room behind `used` columns, else one item a line. */
export function printValue(value: unknown, indent: string, used: number): string {
  if (typeof value === "string") return printString(value, indent);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Digits) return value.text;
  const line = inline(value, width - used);
  if (line !== undefined) return line;
  const inner = deeper(indent);
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item) => `${inner}${printValue(item, inner, inner.length)}\n`);
    return `[\n${items.join("")}${indent}]`;
  }
  return `{\n${printPairs(value as Json, inner)}${indent}}`;
}

/** The members of an object, one a line. */
export function printPairs(object: Json, indent: string): string {
  return Object.entries(object)
    .map(([key, value]) => {
      const start = `${indent}${printKey(key)}: `;
      return `${start}${printValue(value, indent, start.length)}\n`;
    })
    .join("");
}

/** The value of a trait, in its parentheses. */
export function printArguments(value: unknown, indent: string, used: number): string {
  if (!isJsonObject(value) || value instanceof Digits || Object.keys(value).length === 0) {
    return `(${printValue(value, indent, used + 2)})`;
  }
  const line = inline(value, width - used);
  return line === undefined ? `(\n${printPairs(value, deeper(indent))}${indent})` : `(${line.slice(2, -2)})`;
}

export function printKey(key: string): string {
  return isIdentifier(key) ? key : JSON.stringify(key);
}

/** A text of several lines is a block, where that keeps each of its characters. */
function printString(text: string, indent: string): string {
  const lines = text.split("\n");
  const isBlock =
    lines.length > 1 &&
    !/[\t ](?:\n|$)/.test(text) &&
    !/[^\n\P{C}]/u.test(text) &&
    lines.slice(0, -1).some((line) => /^\S/.test(line));
  if (!isBlock) return JSON.stringify(text);
  const inner = deeper(indent);
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replace(/"(?="|$)/g, '\\"')
    .split("\n");
  return `"""\n${escaped.map((line, index) => (line === "" && index < lines.length - 1 ? "" : inner + line)).join("\n")}"""`;
}

/** A value on one line; undefined where it is longer than there is room, or has several lines anyway. */
function inline(value: unknown, room: number): string | undefined {
  if (typeof value !== "object" || value === null) {
    const text = JSON.stringify(value);
    return text.length > room || (typeof value === "string" && value.includes("\n")) ? undefined : text;
  }
  if (value instanceof Digits) return value.text;
  const isList = Array.isArray(value);
  const parts: string[] = [];
  let left = room - (isList ? 2 : 4);
  for (const [key, item] of Object.entries(value)) {
    const start = isList ? "" : `${printKey(key)}: `;
    const text = inline(item, left - start.length);
    if (text === undefined) return undefined;
    parts.push(start + text);
    left -= start.length + text.length + 2;
  }
  if (left < -2) return undefined;
  if (isList) return `[${parts.join(", ")}]`;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
