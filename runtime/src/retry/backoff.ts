/** Longest wait between two attempts, in milliseconds, whether reckoned or asked for by the server. */
export const longestDelay = 20_000;

/** What the wait before the first retry is drawn from, in milliseconds. */
export const transientBase = 50;
export const throttlingBase = 1_000;

/**
 * The wait before a retry, in milliseconds: exponential with full jitter, `random * min(base * 2^(attempt - 1), 20 s)`,
 * as the standard mode of the AWS SDKs has it. What the server asks for is a lower bound of it; the SDKs follow the
 * server for at most 5 s more than their own wait, this follows it up to the longest wait of all, since an attempt
 * before the time that the server named is wasted.
 *
 * @param attempt number of the attempt that failed, from 1
 * @param random from 0 up to 1
 * @param hint what the server asks for, in milliseconds
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function backoff(attempt: number, base: number, random: number, hint = 0): number {
  const delay = Math.floor(random * Math.min(base * 2 ** (attempt - 1), longestDelay));
  return Math.max(delay, Math.min(hint, longestDelay));
}
