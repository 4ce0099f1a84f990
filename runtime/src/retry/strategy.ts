import type { RetryPolicy } from "./loop.js";

/** State of a retry mode that the calls of one client share. */
export interface RetryStrategy {
  /** Waits until an attempt may start; absent if attempts are not paced. */
  acquire?(signal: AbortSignal | undefined): Promise<void> | undefined;
  /** Called when a call succeeds at its first attempt. */
  succeeded(): void;
  /** The policy of one call whose first attempt failed. */
  policy(maxAttempts: number): RetryPolicy;
}
