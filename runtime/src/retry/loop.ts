import type { CallBounds } from "../signals/deadline.js";
import { sleep } from "../signals/sleep.js";
import type { RetryState } from "./state.js";

/** Decides whether and when a call is attempted again. Shared by the calls of a client. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  /** Delays an attempt (also the first) if calls are paced. */
  beforeAttempt?(state: RetryState, signal: AbortSignal | undefined): Promise<void> | undefined;
  /**
   * Returns the milliseconds until the next attempt. Returns undefined to let the call fail with this error, after
   * setting the reason in `state.stopped` and, for a long poll, `state.lastDelay`.
   *
   * @param remaining milliseconds until the call's deadline; a delay must be shorter
   */
  onFailure(error: unknown, state: RetryState, remaining: number): number | undefined;
  onSuccess(state: RetryState): void;
}

export interface RetryOptions {
  readonly bounds: CallBounds;
  /** Called for each retry, before the delay. */
  readonly onRetry?: (error: unknown, delay: number, state: RetryState) => void;
  readonly sleep?: (delay: number, signal?: AbortSignal, when?: string) => Promise<void>;
}

/**
 * Makes attempts until one succeeds or the policy stops; then fails with the last error. The call's signal or deadline
 * ends a delay at once.
 */
export async function withRetries<T>(
  policy: RetryPolicy,
  attempt: (attemptNumber: number) => Promise<T>,
  state: RetryState,
  options: RetryOptions,
): Promise<T> {
  const { bounds } = options;
  for (;;) {
    if (policy.beforeAttempt) await policy.beforeAttempt(state, bounds.signal);
    state.attempts++;
    let result: T;
    try {
      result = await attempt(state.attempts);
    } catch (error) {
      const delay = policy.onFailure(error, state, bounds.remaining());
      const wait = options.sleep ?? sleep;
      if (delay === undefined) {
        if (state.lastDelay) await wait(state.lastDelay, bounds.signal, "while waiting after the last attempt");
        throw error;
      }
      options.onRetry?.(error, delay, state);
      await wait(delay, bounds.signal, "while waiting before another attempt");
      state.totalRetryDelay += delay;
      continue;
    }
    policy.onSuccess(state);
    return result;
  }
}
