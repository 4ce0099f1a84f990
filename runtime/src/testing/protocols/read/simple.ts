import { ResponseMismatch } from "../../../errors/mismatch.js";
import { readText as readResponseText } from "../../../protocols/read-text.js";
import type { SimpleMember, TimestampFormat } from "../../../schema/shapes.js";
import { parseTimestamp } from "../../../schema/timestamps.js";
import { decodeBase64 } from "../../../text/bytes.js";

const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

/** @throws ResponseMismatch for anything but base64 with its padding */
export function readBase64(value: unknown, what: string): Uint8Array {
  if (typeof value !== "string" || !base64.test(value)) throw new ResponseMismatch(what, "base64 text", value);
  return decodeBase64(value);
}

/**
 * Reads a date in a request. Stricter than in responses: `date-time` is in UTC, and `epoch-seconds` in a typed format is
 * a number.
 *
 * @throws ResponseMismatch
 */
export function readTimestamp(value: unknown, format: TimestampFormat, what: string): Date {
  if (format === "epoch-seconds" && typeof value !== "number") {
    throw new ResponseMismatch(what, "a number of seconds since 1970", value);
  }
  return readUtc(value, format, what);
}

function readUtc(value: unknown, format: TimestampFormat, what: string): Date {
  if (format === "date-time" && !/[Zz]$/.test(String(value))) {
    throw new ResponseMismatch(what, "a date in the format date-time, in UTC", value);
  }
  return parseTimestamp(value, format, what);
}

/**
 * Reads a simple value from the text of a path, a query, a header, a form or XML; undefined if the text is empty and the
 * value is not a string.
 *
 * @throws ResponseMismatch for an invalid text
 */
export function readText(member: SimpleMember, text: string, format: TimestampFormat, what: string): unknown {
  switch (member.type) {
    case "blob":
      return readBase64(text, what);
    case "timestamp":
      return text === "" ? undefined : readUtc(text, member.timestampFormat ?? format, what);
    case "long": {
      const value = readResponseText(member, text, format, what);
      return value === undefined || Number.isSafeInteger(value) ? value : BigInt(text.trim());
    }
    default:
      return readResponseText(member, text, format, what);
  }
}
