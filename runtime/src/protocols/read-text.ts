import type { SimpleMember, TimestampFormat } from "../schema/shapes.js";
import { parseTimestamp } from "../schema/timestamps.js";
import { ResponseMismatch } from "../errors/mismatch.js";

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
      if (!integer.test(value)) throw new ResponseMismatch(what, "a whole number", text);
      return Number(value);
    case "float":
    case "double":
      if (!decimal.test(value) && !oddFloats.has(value)) throw new ResponseMismatch(what, "a number", text);
      return Number(value);
    case "bigInteger":
      if (!integer.test(value)) throw new ResponseMismatch(what, "a whole number", text);
      return BigInt(value);
    case "timestamp":
      return parseTimestamp(value, member.timestampFormat ?? timestampFormat, what);
    default:
      return value;
  }
}
