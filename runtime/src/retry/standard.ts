import type { ConnectionError } from "../errors/answer.js";
import { isClientsmithError } from "../errors/base.js";
import { backoff, throttlingBase, transientBase } from "./backoff.js";
import { classify } from "./classify.js";
import { retryHintOf } from "./hint.js";
import type { RetryPolicy } from "./loop.js";
import type { RetryState } from "./state.js";
import { RetryQuota } from "./quota.js";

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
