import { isAnyObject } from "../text/any-object.js";
import { parseHttpDate } from "../time/http-date.js";

/** What is known about a failed attempt beyond its error. */
export interface RetryHint {
  /** Delay requested by the server, in milliseconds. */
  readonly delay?: number | undefined;
  /** Max milliseconds by which that delay may exceed the computed one. */
  readonly leeway?: number | undefined;
  /** Overrides the classification: true if the cause was removed (credentials refreshed, clock corrected). */
  readonly retryable?: boolean;
}

const hints = new WeakMap<object, RetryHint>();

/** Attaches information for the retry policy to the error of an attempt. */
export function setRetryHint(error: object, hint: RetryHint): void {
  hints.set(error, { ...hints.get(error), ...hint });
}

export function retryHintOf(error: unknown): RetryHint | undefined {
  return isAnyObject(error) ? hints.get(error) : undefined;
}

/**
 * The delay that a response requests: `retry-after` (seconds or a date). Empty if the response requests none or the value is
 * invalid.
 *
 * @param now milliseconds since 1970, by the server's clock as far as it is known
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): RetryHint {
  const retryAfter = headers["retry-after"];
  if (retryAfter === undefined) return {};
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return { delay: Number(retryAfter) * 1000 };
  const date = parseHttpDate(retryAfter);
  return date === undefined ? {} : { delay: Math.max(0, date - now) };
}
