import { ConfigurationError } from "../errors/client.js";

let lastSecond = NaN;
let lastText = "";

/**
 * A moment in the form that signatures carry, `20150830T123600Z`: ISO 8601 basic, UTC, whole seconds. The last answer
 * is kept, because all calls of one second share it.
 */
export function formatSigningDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second === lastSecond) return lastText;
  if (Number.isNaN(second)) {
    throw new ConfigurationError("Cannot sign a request at an invalid date: systemClockOffset must be a number");
  }
  const seconds = date.toISOString().slice(0, -".000Z".length);
  lastText = `${seconds.replaceAll("-", "").replaceAll(":", "")}Z`;
  lastSecond = second;
  return lastText;
}

/** The reverse of {@link formatSigningDate}; undefined where the text is not of its form or names no moment. */
export function parseSigningDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
