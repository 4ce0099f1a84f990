import type { Attempt, CallContext } from "../features/context.js";
import { type RetryPolicy, withRetries } from "../retry/loop.js";
import { noteFailure } from "../retry/state.js";
import type { CallBounds } from "../signals/deadline.js";

/**
 * Continues a call after its first attempt failed: makes further attempts as the policy decides, then fails with the error of
 * the last one. Loaded when the first attempt fails.
 *
 * @param attempt makes an attempt
 */
export function retryAfter(
  error: unknown,
  context: CallContext,
  bounds: CallBounds,
  attempt: Attempt,
  policy: RetryPolicy,
): Promise<object> {
  const { state } = context;
  // The loop counts the first attempt, too.
  state.attempts--;
  let isMade = true;
  const next = (): Promise<object> => {
    if (!isMade) return attempt(context);
    isMade = false;
    return Promise.reject(error);
  };
  return withRetries(policy, next, state, {
    bounds,
    onRetry: (failure, delay) => noteFailure(context, failure, delay),
  });
}
