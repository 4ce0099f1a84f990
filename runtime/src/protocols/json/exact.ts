import { isAnyObject } from "../../text/any-object.js";

/**
 * Prefix of the digits of a number that a JavaScript number cannot represent: no text of a number member starts with
 * it.
 */
const mark = "\0";

/** Matches texts, which are skipped, and numbers. Texts in runs: an engine keeps each repetition of a group on its stack. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** `JSON.parse` that returns marked digits for numbers that would lose digits. */
export function parseExactly(text: string): unknown {
  return JSON.parse(
    text.replace(tokens, (token) =>
      token.startsWith('"') || String(Number(token)) === token ? token : `"\\u0000${token}"`,
    ),
  );
}

/** The digits of a number that {@link parseExactly} marked, else undefined. */
export function digitsOf(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith(mark) ? value.slice(1) : undefined;
}

/** Replaces marked digits in a value by the nearest numbers, as `JSON.parse` returns them. */
export function withPlainNumbers(value: unknown): unknown {
  const digits = digitsOf(value);
  if (digits !== undefined) return Number(digits);
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (!isAnyObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPlainNumbers(item)]));
}
