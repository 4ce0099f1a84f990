import type { CallContext } from "../call/context.js";
import { AdaptiveRetryPolicy } from "./adaptive.js";
import { withRetries } from "./loop.js";
import { RetryQuota, StandardRetryPolicy } from "./standard.js";
import type { CallBounds } from "../signals/deadline.js";
import { timingOf } from "../transport/exchange/phases.js";

/**
 * Goes on after a first attempt that failed: with further ones as the client's retry mode has it, then with the last
 * one's error. Loaded when the first attempt of all fails; until then the client's quota is full.
 *
 * @param attempt makes an attempt; handed in, so that a bundler keeps it with the code that is loaded at once
 */
export function retryAfter(
  error: unknown,
  exchange: CallContext,
  bounds: CallBounds,
  attempt: (exchange: CallContext) => Promise<object>,
): Promise<object> {
  const { client, maxAttempts, state } = exchange;
  client.retryQuota ??= new RetryQuota();
  const options = { maxAttempts, quota: client.retryQuota };
  const policy = client.rateLimiter
    ? new AdaptiveRetryPolicy(client.rateLimiter, options)
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

/** Notes an attempt that failed and is followed by another one, `delay` milliseconds later, and tells observers. */
export function noteFailure({ state, observer }: CallContext, error: unknown, delay: number): void {
  const endedAt = performance.now();
  const timing = state.timing ?? (error instanceof Error ? timingOf(error) : undefined);
  state.failed.push({ error, duration: endedAt - state.attemptAt, delay, endedAt, timing });
  observer?.retries(error, delay);
}
