import { describeType, isBytes, isDate } from "../../schema/values.js";
import { escapeUri } from "../../signing/escape.js";
import { encodeBase64 } from "../../text/bytes.js";
import { formatTimestamp } from "../../time/timestamps.js";
import type { SimpleMember } from "../tree/format.js";

/**
 * A simple value as it stands in a form, escaped. Not-a-number and the infinities are written by these names.
 *
 * @param key names the value in errors
 * @throws TypeError for a value that has no such form
 * @throws RangeError for a date that its format cannot say
 */
export function writeFormText(member: SimpleMember, value: unknown, key: string): string {
  switch (typeof value) {
    case "string":
      return escapeText(value, key);
    case "number":
    case "bigint":
    case "boolean":
      return escapeUri(String(value));
    default:
  }
  if (isDate(value)) {
    const format = member.type === "timestamp" ? member.timestampFormat : undefined;
    return escapeUri(String(formatTimestamp(value, format ?? "date-time")));
  }
  if (isBytes(value)) return escapeUri(encodeBase64(value));
  throw new TypeError(`${key} should be a simple value, for a form holds no other, but is ${describeType(value)}`);
}

function escapeText(text: string, key: string): string {
  try {
    return escapeUri(text);
  } catch (error) {
    // Validation lets every string through.
    if (!(error instanceof URIError)) throw error;
    throw new TypeError(`${key} holds half of a surrogate pair, which UTF-8 cannot say`, { cause: error });
  }
}
