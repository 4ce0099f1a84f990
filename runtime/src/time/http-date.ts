import { milliseconds, utcTime } from "./calendar.js";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d+))?`;

/** IMF-fixdate, the current format, then RFC 850 and asctime, which recipients must accept. */
const forms = [
  new RegExp(String.raw`^\w{3}, (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) ${time} GMT$`),
  new RegExp(String.raw`^\w{6,9}, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) ${time} GMT$`),
  new RegExp(String.raw`^\w{3} (?<month>\w{3}) (?<day>[\d ]\d) ${time} (?<year>\d{4})$`),
];

/**
 * Parses a date of an HTTP header (`Tue, 29 Apr 2014 18:30:38 GMT`), in any of the three formats of the standard, with
 * or without a fraction of the second.
 *
 * @returns milliseconds since 1970; undefined for other text
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseHttpDate(text: string): number | undefined {
  for (const form of forms) {
    const fields = form.exec(text)?.groups;
    if (!fields) continue;
    const month = months.indexOf(fields["month"] ?? "");
    if (month === -1) return undefined;
    return utcTime(
      fullYear(fields["year"] ?? ""),
      month,
      Number(fields["day"]),
      Number(fields["hour"]),
      Number(fields["minute"]),
      Number(fields["second"]),
      milliseconds(fields["fraction"]),
    );
  }
  return undefined;
}

/** A two-digit year is the latest such year that is at most 50 years ahead. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  const latest = new Date().getUTCFullYear() + 50;
  return latest - ((((latest - year) % 100) + 100) % 100);
}
