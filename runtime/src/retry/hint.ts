import { parseHttpDate } from "../time/http-date.js";

/** What is known about a failed attempt beyond its error. */
export interface RetryHint {
  /** Milliseconds that the server asks to be left alone. */
  readonly delay?: number | undefined;
  /** Overrules the classification: true where the cause is gone (credentials refreshed, clock corrected). */
  readonly retryable?: boolean;
}

const hints = new WeakMap<object, RetryHint>();

/** Gives a retry policy what it should know about an error that an attempt is about to fail with. */
export function giveRetryHint(error: object, hint: RetryHint): void {
  hints.set(error, { ...hints.get(error), ...hint });
}

export function retryHintOf(error: unknown): RetryHint | undefined {
  return typeof error === "object" && error !== null ? hints.get(error) : undefined;
}

/**
 * The wait that a response asks for, in milliseconds: `x-amz-retry-after`, which is in milliseconds, or `retry-after`,
 * in seconds or as a date. Undefined where it asks for none or for no sensible one.
 *
 * @param now milliseconds since 1970, by the server's clock as far as it is known
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const milliseconds = headers["x-amz-retry-after"];
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
  const retryAfter = headers["retry-after"];
  if (retryAfter === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = parseHttpDate(retryAfter);
  return date === undefined ? undefined : Math.max(0, date - now);
}
