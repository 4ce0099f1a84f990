/**
 * Timestamps on the wire.
 *
 * @see https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
 */
import { ResponseMismatch } from "../errors/mismatch.js";
import type { TimestampFormat } from "./shapes.js";
import { milliseconds, utcTime } from "../time/calendar.js";
import { parseHttpDate } from "../time/http-date.js";

/**
 * Writes a date: `epoch-seconds` as a number with at most three decimals, the others as text. A zero fraction is
 * omitted; `http-date` never has a fraction.
 *
 * @throws RangeError for an invalid date, or one that the format cannot express
 */
export function formatTimestamp(date: Date, format: "epoch-seconds"): number;
export function formatTimestamp(date: Date, format: "date-time" | "http-date"): string;
export function formatTimestamp(date: Date, format: TimestampFormat): number | string;
export function formatTimestamp(date: Date, format: TimestampFormat): number | string {
  const time = date.getTime();
  if (Number.isNaN(time)) throw new RangeError("An invalid Date cannot be sent.");
  if (format === "epoch-seconds") return time / 1000;
  const text = date.toISOString();
  // Other years have a sign and six digits.
  if (text.length !== 24) {
    throw new RangeError(`The date ${text} cannot be sent as ${format}: its year does not have four digits.`);
  }
  return format === "http-date" ? date.toUTCString() : text.replace(".000Z", "Z");
}

const dateTime = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const decimal = /^[+-]?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?$/;

/**
 * Reads a date. `date-time` may have a fraction and an offset from UTC, `http-date` a fraction; `epoch-seconds` is a
 * number or its text. Precision below a millisecond is lost.
 *
 * @param what names the value in the error, e.g. `Trail.CreatedAt`
 * @throws ResponseMismatch for a value that is not a date in that format
 */
export function parseTimestamp(value: unknown, format: TimestampFormat, what = "a timestamp"): Date {
  if (format === "epoch-seconds") {
    const seconds = typeof value === "string" && decimal.test(value) ? Number(value) : value;
    return dateOfSeconds(seconds, what);
  }
  const parse = format === "http-date" ? parseHttpDate : parseDateTime;
  const time = typeof value === "string" ? parse(value) : undefined;
  if (time === undefined) throw new ResponseMismatch(what, `a date in the format ${format}`, value);
  return new Date(time);
}

/** Max milliseconds between a `Date` and 1970. */
const maxTime = 8.64e15;

/** The date of a number of seconds since 1970. @throws ResponseMismatch for anything else */
export function dateOfSeconds(seconds: unknown, what: string): Date {
  const time = typeof seconds === "number" ? Math.round(seconds * 1000) : NaN;
  if (!(Math.abs(time) <= maxTime)) throw new ResponseMismatch(what, "a number of seconds since 1970", seconds);
  return new Date(time);
}

/** The production `date-time` of RFC 3339, section 5.6: milliseconds since 1970, undefined for anything else. */
function parseDateTime(text: string): number | undefined {
  const fields = dateTime.exec(text);
  if (!fields) return undefined;
  // By index: to take a match apart as an iterable takes longer than to make it.
  const part = (index: number): number => Number(fields[index]);
  const local = utcTime(part(1), part(2) - 1, part(3), part(4), part(5), part(6), milliseconds(fields[7]));
  const sign = fields[8];
  if (local === undefined || sign === undefined) return local;
  if (part(9) > 23 || part(10) > 59) return undefined;
  const offset = (part(9) * 60 + part(10)) * 60_000;
  return sign === "+" ? local - offset : local + offset;
}
