/**
 * Milliseconds since 1970 of a date and time in UTC; undefined for an invalid date or time. A leap second counts as the
 * second after it.
 *
 * @param month 0 to 11
 */
export function utcTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number | undefined {
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  // `Date.UTC` interprets years below 100 as years of the 20th century.
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second, millisecond);
}

/** Whole milliseconds of the digits after a decimal point; further digits are dropped. */
export function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, "0"));
}
