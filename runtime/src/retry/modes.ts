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

interface RetryMode {
  /** Whether the first attempt of each call waits for `acquire`; otherwise the code is loaded when an attempt fails. */
  readonly pacesFirstAttempt: boolean;
  load(): Promise<RetryStrategy>;
}

/**
 * The retry modes, by the value of the option `retryMode` and of `AWS_RETRY_MODE`.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const retryModes = {
  standard: {
    pacesFirstAttempt: false,
    load: async () => new (await import("./standard.js")).StandardRetryStrategy(),
  },
  adaptive: {
    pacesFirstAttempt: true,
    load: async () => new (await import("./adaptive.js")).AdaptiveRetryStrategy(),
  },
} as const satisfies Readonly<Record<string, RetryMode>>;

export type RetryModeName = keyof typeof retryModes;

export function isRetryMode(value: unknown): value is RetryModeName {
  return typeof value === "string" && Object.hasOwn(retryModes, value);
}
