import { milliseconds, utcTime } from "./calendar.js";

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** IMF-fixdate, the current format, RFC 850 and asctime, which recipients must accept. */
const form =
  /^\w{3,9},? (?:(\d?\d)([ -])(\w{3})\2(\d{4}|\d\d)|(\w{3}) ([\d ]\d)) (\d?\d):(\d\d):(\d\d)(?:\.(\d+))?(?: GMT| (\d{4}))$/;

/**
 * Parses a date of an HTTP header (`Tue, 29 Apr 2014 18:30:38 GMT`), in any of the three formats of the standard, with
 * or without a fraction of the second.
 *
 * @returns milliseconds since 1970; undefined for other text
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseHttpDate(text: string): number | undefined {
  const found = form.exec(text);
  if (!found) return undefined;
  const [, day, , name = found[5] ?? "", year = found[11] ?? "", , lateDay, hour, minute, second, fraction] = found;
  const month = months.indexOf(name) / 3;
  // The year is after the time in asctime alone, which has no time zone.
  if (!Number.isInteger(month) || month < 0 || (day === undefined) !== (found[11] !== undefined)) return undefined;
  const [d = 0, h = 0, m = 0, s = 0] = [day ?? lateDay, hour, minute, second].map(Number);
  return utcTime(fullYear(year), month, d, h, m, s, milliseconds(fraction));
}

/** A two-digit year is the latest such year that is at most 50 years ahead. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  const latest = new Date().getUTCFullYear() + 50;
  return latest - ((((latest - year) % 100) + 100) % 100);
}
