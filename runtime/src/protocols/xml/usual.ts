/**
 * Values in the forms in which nearly all are sent. A listing contains thousands: code by code, they are read in a
 * fraction of the time that a text of their own, an expression and `Date` take.
 */
import type { SimpleMember } from "../../schema/shapes.js";
import { utcTime } from "../../time/calendar.js";
import type { Codes } from "./codes.js";

/** Reads the codes from `start` up to before `end`; undefined if they have another form. */
export type ReadUsual = (codes: Codes, start: number, end: number) => number | undefined;

/**
 * Milliseconds since 1970 of a `date-time` in UTC with three digits of a fraction or none; undefined for any other text.
 */
export const usualTime: ReadUsual = (codes, start, end) => {
  const hasFraction = end - start === 24;
  if (!hasFraction && end - start !== 20) return undefined;
  const isPunctuated =
    codes[start + 4] === 0x2d &&
    codes[start + 7] === 0x2d &&
    codes[start + 10] === 0x54 &&
    codes[start + 13] === 0x3a &&
    codes[start + 16] === 0x3a &&
    codes[end - 1] === 0x5a &&
    (!hasFraction || codes[start + 19] === 0x2e);
  if (!isPunctuated) return undefined;
  const year = digits(codes, start, 4);
  const month = digits(codes, start + 5, 2) - 1;
  const day = digits(codes, start + 8, 2);
  const hour = digits(codes, start + 11, 2);
  const minute = digits(codes, start + 14, 2);
  const second = digits(codes, start + 17, 2);
  const millisecond = hasFraction ? digits(codes, start + 20, 3) : 0;
  if (Number.isNaN(year + month + day + hour + minute + second + millisecond)) return undefined;
  // Every month has these days.
  const isUsual = month >= 0 && month < 12 && day > 0 && day < 29 && hour < 24 && minute < 60 && second < 61;
  if (!isUsual) return utcTime(year, month, day, hour, minute, second, millisecond);
  return ((daysTo(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + millisecond;
};

/** NaN where there is something else. */
function digits(codes: Codes, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (codes[at] ?? 0) - 48;
    value = digit >= 0 && digit <= 9 ? 10 * value + digit : NaN;
  }
  return value;
}

/** Days from 1970 to a date. */
function daysTo(year: number, month: number, day: number): number {
  // The year starts in March, so that a leap day is its last.
  const from = month < 2 ? year - 1 : year;
  const leapDays = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return 365 * from + leapDays + Math.floor((153 * ((month + 10) % 12) + 2) / 5) + day - 719_469;
}

/**
 * The number of at most 15 digits without a sign: these digits and their scale are exact, so that the quotient is the
 * nearest number.
 */
function usualNumber(codes: Codes, start: number, end: number, mayHavePoint: boolean): number | undefined {
  if (end === start || end - start > 15) return undefined;
  let value = 0;
  let scale = 0;
  for (let at = start; at < end; at++) {
    const digit = (codes[at] ?? 0) - 48;
    if (digit >= 0 && digit <= 9) {
      value = 10 * value + digit;
      scale *= 10;
    } else if (digit === -2 && mayHavePoint && scale === 0 && at > start && at < end - 1) scale = 1;
    else return undefined;
  }
  return scale === 0 ? value : value / scale;
}

export const usualInteger: ReadUsual = (codes, start, end) => usualNumber(codes, start, end, false);

export const usualDecimal: ReadUsual = (codes, start, end) => usualNumber(codes, start, end, true);

/** What reads the usual form of a number; undefined for a member of another type. */
export function usualNumberOf({ type }: SimpleMember): ReadUsual | undefined {
  switch (type) {
    case "byte":
    case "short":
    case "integer":
    case "long":
      return usualInteger;
    case "float":
    case "double":
      return usualDecimal;
    default:
      return undefined;
  }
}
