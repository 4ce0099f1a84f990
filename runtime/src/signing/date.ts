import { ConfigurationError } from "../errors/client.js";

let lastSecond = NaN;
let lastText = "";

/**
 * A time in the format of signatures, `20150830T123600Z`: ISO 8601 basic, UTC, whole seconds. The last result is
 * cached, because all calls within one second share it.
 */
export function formatSigningDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second === lastSecond) return lastText;
  if (Number.isNaN(second)) {
    throw new ConfigurationError("Cannot sign a request at an invalid date: systemClockOffset must be a number");
  }
  lastText = date.toISOString().replace(/[-:]|\.\d+/g, "");
  lastSecond = second;
  return lastText;
}

/** The inverse of {@link formatSigningDate}; undefined for text in another format or an invalid time. */
export function parseSigningDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
