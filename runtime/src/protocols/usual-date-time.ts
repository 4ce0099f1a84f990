import { utcTime } from "../time/calendar.js";

/**
 * Reads the form of `date-time` in which nearly all are sent: in UTC, with three digits of a fraction or none. A listing
 * holds thousands, and reading digit by digit takes a fraction of the time of a regular expression.
 *
 * @returns undefined for every other text, valid or not
 */
export function parseUsualDateTime(text: string): Date | undefined {
  const hasFraction = text.length === 24;
  if (!hasFraction && text.length !== 20) return undefined;
  const isPunctuated =
    text[4] === "-" &&
    text[7] === "-" &&
    text[10] === "T" &&
    text[13] === ":" &&
    text[16] === ":" &&
    text[text.length - 1] === "Z" &&
    (!hasFraction || text[19] === ".");
  if (!isPunctuated) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const millisecond = hasFraction ? digits(text, 20, 23) : 0;
  const hasDigitsOnly = !Number.isNaN(year + month + day + hour + minute + second + millisecond);
  const time = hasDigitsOnly ? utcTime(year, month - 1, day, hour, minute, second, millisecond) : undefined;
  return time === undefined ? undefined : new Date(time);
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
