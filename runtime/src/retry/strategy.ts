import type { RetryPolicy } from "./loop.js";

/** State of a retry mode that the calls of one client share. */
export interface RetryStrategy {
  /** Waits until an attempt may start; absent if attempts are not paced. */
  acquire?(signal: AbortSignal | undefined): Promise<void> | undefined;
  /** Called when a call succeeds at its first attempt. */
  succeeded(): void;
  /** The policy of one call whose first attempt failed. */
  policy(facts: RetryFacts): RetryPolicy;
}

/** What a policy has to know of the call. */
export interface RetryFacts {
  /** Max requests, the first included; default 3. */
  readonly maxAttempts: number;
  /** Base of the delays in milliseconds, unless the service throttles; default 50. */
  readonly transientBase: number | undefined;
  /** Whether the call waits before it fails because the quota has run out. */
  readonly longPoll: boolean | undefined;
}
