import type { TimestampFormat } from "../schema/shapes.js";
import { parseTimestamp } from "../schema/timestamps.js";
import { ResponseMismatch } from "../errors/mismatch.js";
import type { SimpleMember } from "./tree/read.js";

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?$/;
const oddFloats = new Set(["NaN", "Infinity", "-Infinity"]);

/**
 * A simple value, bytes aside, from the text that formats without types of their own (headers, XML) write it as;
 * undefined where the text is empty and only a string could be.
 *
 * @param timestampFormat for a timestamp whose model names none
 * @param what names the value in the error
 * @throws ResponseMismatch for a text that is no such value
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
