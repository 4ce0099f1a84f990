import type { Exchange } from "./attempt.js";
import { AdaptiveRetryPolicy } from "./retry/adaptive.js";
import { noteFailure } from "./retry/failed.js";
import { withRetries } from "./retry/loop.js";
import { RetryQuota } from "./retry/quota.js";
import { StandardRetryPolicy } from "./retry/standard.js";
import type { CallBounds } from "./time/deadline.js";

/**
 * Goes on after a first attempt that failed: with further ones as the client's retry mode has it, then with the last
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
  const options = { maxAttempts, quota: core.retryQuota };
  const policy = core.rateLimiter
    ? new AdaptiveRetryPolicy(core.rateLimiter, options)
    : new StandardRetryPolicy(options);
  // The loop counts the attempt that was made as its first.
  state.attempts--;
  let isMade = true;
  const next = (): Promise<object> => {
    if (!isMade) return attempt(exchange);
    isMade = false;
    return Promise.reject(error);
  };
  return withRetries(policy, next, state, {
    bounds,
    onRetry: (failure, delay) => noteFailure(exchange, failure, delay),
  });
}
