import { utcTime } from "../time/calendar.js";

/**
 * Milliseconds since 1970 of a `date-time` in UTC with three digits of a fraction or none, the form in which nearly all
 * are sent; undefined for any other text. A listing contains thousands, and digit by digit they are read in a fraction
 * of the time that an expression and `Date` take.
 */
export function usualTime(text: string): number | undefined {
  const hasFraction = text.length === 24;
  if (!hasFraction && text.length !== 20) return undefined;
  const isPunctuated =
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    text.charCodeAt(text.length - 1) === 0x5a &&
    (!hasFraction || text.charCodeAt(19) === 0x2e);
  if (!isPunctuated) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7) - 1;
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const millisecond = hasFraction ? digits(text, 20, 23) : 0;
  if (Number.isNaN(year + month + day + hour + minute + second + millisecond)) return undefined;
  // Every month has these days.
  const isUsual = month >= 0 && month < 12 && day > 0 && day < 29 && hour < 24 && minute < 60 && second < 61;
  if (!isUsual) return utcTime(year, month, day, hour, minute, second, millisecond);
  return ((daysTo(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + millisecond;
}

/** NaN where there is something else. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
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
