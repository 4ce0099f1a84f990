import type { Member, TimestampFormat } from "../../schema/shapes.js";
import { isDate } from "../../schema/values.js";
import { formatTimestamp } from "../../time/timestamps.js";

/**
 * A simple value as it stands in a path, a query or a header.
 *
 * @param timestampFormat for a timestamp whose model names none: `date-time` in paths and queries, `http-date` in headers
 * @throws TypeError for a value that has no such form; validation lets none through
 * @see https://smithy.io/2.0/spec/http-bindings.html#httplabel-serialization-rules
 */
export function writeText(member: Member, value: unknown, timestampFormat: TimestampFormat): string {
  if (isDate(value)) {
    const format = "timestampFormat" in member ? member.timestampFormat : undefined;
    return String(formatTimestamp(value, format ?? timestampFormat));
  }
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      throw new TypeError("only text, numbers, booleans and dates can be written as text");
  }
}

/** Items of a list that are there; a value that is no list is its own only item. */
export function presentItems(value: unknown): unknown[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => item !== undefined && item !== null);
}

/** The member that describes the items of a list, the member itself where it is none. */
export function itemMember(member: Member): Member {
  return "type" in member && member.type === "list" ? member.member : member;
}
