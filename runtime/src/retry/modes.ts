import type { RetryStrategy } from "./strategy.js";

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
