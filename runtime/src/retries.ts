import type { Exchange } from "./attempt.js";
import { withRetries } from "./retry/loop.js";
import { RetryQuota } from "./retry/quota.js";
import { StandardRetryPolicy } from "./retry/standard.js";
import type { CallBounds } from "./time/deadline.js";

/**
 * Goes on after a first attempt that failed: with further ones as the standard retry mode has it, then with the last
 * one's error. Loaded when the first attempt of all fails; until then the client's quota is full.
 *
 * @param attempt makes an attempt; handed in, so that a bundler keeps it with the code that is loaded at once
 */
export function retryAfter(
  error: unknown,
  exchange: Exchange,
  bounds: CallBounds,
  attempt: (exchange: Exchange) => Promise<object>,
): Promise<object> {
  const { core, maxAttempts, state } = exchange;
  core.retryQuota ??= new RetryQuota();
  const policy = new StandardRetryPolicy({ maxAttempts, quota: core.retryQuota });
  // The loop counts the attempt that was made as its first.
  state.attempts = 0;
  return withRetries(policy, (n) => (n === 1 ? Promise.reject(error) : attempt(exchange)), state, { bounds });
}
