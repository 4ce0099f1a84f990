import type { ConnectionError } from "../errors/client.js";
import { isClientsmithError } from "../errors/base.js";
import { classify } from "./classify.js";
import { retryHintOf } from "./hint.js";
import type { RetryPolicy } from "./loop.js";
import type { RetryStrategy } from "./modes.js";
import type { RetryState } from "./state.js";

const transientCost = 14;
const throttlingCost = 5;

export interface StandardRetryOptions {
  /** Requests made for a call at most, the first included; 3 where absent. */
  readonly maxAttempts?: number;
  /** What retries are paid from; one of its own where absent. */
  readonly quota?: RetryQuota;
  /** Source of jitter, from 0 up to 1; `Math.random` where absent. */
  readonly random?: () => number;
}

/**
 * The standard retry mode of the AWS SDKs, with the figures that they agreed on in 2026: 3 attempts, waits drawn from
 * 50 ms (1 s when throttled) doubling up to 20 s, 14 tokens of the quota (5 when throttled) a retry. All calls of a
 * client share one quota. A request that met a kept connection which the other side had given up is sent again at once,
 * one time a call, and not paid for.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class StandardRetryPolicy implements RetryPolicy {
  readonly maxAttempts: number;
  readonly quota: RetryQuota;
  readonly #random: () => number;

  constructor(options: StandardRetryOptions = {}) {
    this.maxAttempts = options.maxAttempts ?? 3;
    this.quota = options.quota ?? new RetryQuota();
    this.#random = options.random ?? Math.random;
  }

  onFailure(error: unknown, state: RetryState, remaining: number): number | undefined {
    const isSpent = state.body?.isSpent;
    if (isStale(error) && !state.replayed && !isSpent) {
      state.replayed = true;
      return 0;
    }
    const { retryable, throttling } = classify(error);
    if (!retryable) return stop(state, "notRetryable");
    if (isSpent) return stop(state, "bodyBegun");
    if (state.attempts >= this.maxAttempts) return stop(state, "maxAttempts");
    const base = throttling ? throttlingBase : transientBase;
    const delay = backoff(state.attempts, base, this.#random(), retryHintOf(error)?.delay);
    if (delay >= remaining) return stop(state, "deadline");
    const cost = throttling ? throttlingCost : transientCost;
    if (!this.quota.take(cost)) return stop(state, "quota");
    state.retryCost = cost;
    return delay;
  }

  onSuccess(state: RetryState): void {
    this.quota.give(state.retryCost);
  }
}

/** A request that met a connection which the other side had given up. */
function isStale(error: unknown): boolean {
  return isClientsmithError(error) && error.code === "Connection" && (error as ConnectionError).stale;
}

function stop(state: RetryState, reason: RetryState["stopped"]): undefined {
  state.stopped = reason;
  return undefined;
}

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

const capacity = 500;

/**
 * The tokens that retries of one client are paid with. While most calls fail it runs dry, and calls then fail at once
 * instead of adding to the load; successes fill it again.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class RetryQuota {
  #available = capacity;

  get available(): number {
    return this.#available;
  }

  /** Pays for a retry; false where there is not enough left. */
  take(cost: number): boolean {
    if (cost > this.#available) return false;
    this.#available -= cost;
    return true;
  }

  /** Rewards a success: gives back what its last retry cost; a call that succeeds at once earns one token. */
  give(tokens = 1): void {
    this.#available = Math.min(capacity, this.#available + tokens);
  }
}

/** The standard mode of one client: its calls share a quota. */
export class StandardRetryStrategy implements RetryStrategy {
  readonly quota = new RetryQuota();

  succeeded(): void {
    this.quota.give();
  }

  policy(maxAttempts: number): RetryPolicy {
    return new StandardRetryPolicy({ maxAttempts, quota: this.quota });
  }
}
