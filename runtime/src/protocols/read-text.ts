import type { SimpleMember, TimestampFormat } from "../schema/shapes.js";
import { parseTimestamp } from "../schema/timestamps.js";
import { ResponseMismatch } from "../errors/mismatch.js";
import { usualTime } from "./usual-date.js";

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?$/;
const oddFloats = new Set(["NaN", "Infinity", "-Infinity"]);

/**
 * Reads a simple value, except bytes, from the text of an untyped format (headers, XML); undefined if the text is empty
 * and the value is not a string.
 *
 * @param timestampFormat for a timestamp without the trait
 * @param what names the value in the error
 * @throws ResponseMismatch for an invalid text
 */
export function readText(member: SimpleMember, text: string, timestampFormat: TimestampFormat, what: string): unknown {
  if (member.type === "string") return text;
  const value = text.trim();
  if (value === "") return undefined;
  switch (member.type) {
    case "boolean":
      if (value !== "true" && value !== "false") throw new ResponseMismatch(what, "true or false", text);
      return value === "true";
    case "byte":
    case "short":
    case "integer":
    case "long":
      return usualNumber(value, false) ?? wholeNumber(value, what, text);
    case "float":
    case "double": {
      const usual = usualNumber(value, true);
      if (usual !== undefined) return usual;
      if (!decimal.test(value) && !oddFloats.has(value)) throw new ResponseMismatch(what, "a number", text);
      return Number(value);
    }
    case "bigInteger":
      if (!integer.test(value)) throw new ResponseMismatch(what, "a whole number", text);
      return BigInt(value);
    case "timestamp": {
      const format = member.timestampFormat ?? timestampFormat;
      const usual = format === "date-time" ? usualTime(value) : undefined;
      return usual === undefined ? parseTimestamp(value, format, what) : new Date(usual);
    }
    default:
      return value;
  }
}

function wholeNumber(value: string, what: string, text: string): number {
  if (!integer.test(value)) throw new ResponseMismatch(what, "a whole number", text);
  return Number(value);
}

/**
 * The number of at most 15 digits without a sign, undefined for another text: these digits and their scale are exact, so
 * that the quotient is the nearest number. Takes a fraction of the time of an expression and `Number`.
 */
function usualNumber(text: string, mayHavePoint: boolean): number | undefined {
  if (text.length > 15) return undefined;
  let digits = 0;
  let scale = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      digits = 10 * digits + digit;
      scale *= 10;
    } else if (digit === -2 && mayHavePoint && scale === 0 && at > 0 && at < text.length - 1) scale = 1;
    else return undefined;
  }
  return scale === 0 ? digits : digits / scale;
}
