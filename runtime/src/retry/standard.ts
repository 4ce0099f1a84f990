import type { ConnectionError } from "../errors/client.js";
import { isClientsmithError } from "../errors/base.js";
import { classify } from "./classify.js";
import { type RetryHint, retryHintOf } from "./hint.js";
import type { RetryPolicy } from "./loop.js";
import type { RetryFacts, RetryStrategy } from "./strategy.js";
import type { RetryState } from "./state.js";

const transientCost = 14;
const throttlingCost = 5;

export interface StandardRetryOptions extends Partial<RetryFacts> {
  /** The quota that retries are paid from; default: a new one. */
  readonly quota?: RetryQuota;
  /** Max delay between two attempts in milliseconds; replaced in tests. */
  readonly maxDelay?: number;
  /** Source of jitter, from 0 up to 1; default `Math.random`. */
  readonly random?: () => number;
}

/**
 * The standard retry mode of the AWS SDKs, with their figures of 2026: 3 attempts; delays of 50 ms (1 s if throttled),
 * doubling up to 20 s, with full jitter; 14 tokens of the quota per retry (5 if throttled). All calls of a client share
 * one quota. A long poll that cannot be paid from it fails after the delay, because its caller would poll again at once.
 * A request on a keep-alive connection that the peer had closed is sent again at once, once per call, at no cost.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class StandardRetryPolicy implements RetryPolicy {
  readonly maxAttempts: number;
  readonly quota: RetryQuota;
  readonly #options: StandardRetryOptions;

  constructor(options: StandardRetryOptions = {}) {
    this.maxAttempts = options.maxAttempts ?? 3;
    this.quota = options.quota ?? new RetryQuota();
    this.#options = options;
  }

  onFailure(error: unknown, state: RetryState, remaining: number): number | undefined {
    const isConsumed = state.body?.isConsumed;
    if (isStale(error) && !state.replayed && !isConsumed) {
      state.replayed = true;
      return 0;
    }
    const { retryable, throttling } = classify(error);
    if (!retryable) return stop(state, "notRetryable");
    if (isConsumed) return stop(state, "bodyStarted");
    if (state.attempts >= this.maxAttempts) return stop(state, "maxAttempts");
    const { transientBase: first = transientBase, random = Math.random, maxDelay: limit, longPoll } = this.#options;
    const base = throttling ? throttlingBase : first;
    const delay = backoff(state.attempts, base, random(), retryHintOf(error), limit);
    if (delay >= remaining) return stop(state, "deadline");
    const cost = throttling ? throttlingCost : transientCost;
    if (!this.quota.take(cost)) {
      if (longPoll) state.lastDelay = delay;
      return stop(state, "quota");
    }
    state.retryCost = cost;
    return delay;
  }

  onSuccess(state: RetryState): void {
    this.quota.give(state.retryCost);
  }
}

/** Whether the request was sent on a keep-alive connection that the peer had closed. */
function isStale(error: unknown): boolean {
  return isClientsmithError(error) && error.code === "Connection" && (error as ConnectionError).stale;
}

function stop(state: RetryState, reason: RetryState["stopped"]): undefined {
  state.stopped = reason;
  return undefined;
}

/** Max delay between two attempts, in milliseconds, whether computed or requested by the server. */
export const maxDelay = 20_000;

/** Base of the delay before the first retry, in milliseconds. */
export const transientBase = 50;
export const throttlingBase = 1_000;

/**
 * The delay before a retry, in milliseconds: exponential with full jitter, `random * min(base * 2^(attempt - 1), 20
 * s)`, like the standard mode of the AWS SDKs. The delay that the server requests is a lower bound: up to its leeway
 * over the computed delay, otherwise up to 20 s.
 *
 * @param attempt number of the failed attempt, from 1
 * @param random from 0 up to 1
 * @param hint delay requested by the server
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function backoff(
  attempt: number,
  base: number,
  random: number,
  { delay: requested = 0, leeway }: RetryHint = {},
  limit = maxDelay,
): number {
  const delay = Math.floor(random * Math.min(base * 2 ** (attempt - 1), limit));
  return Math.max(delay, Math.min(requested, leeway === undefined ? limit : delay + leeway));
}

const capacity = 500;

/**
 * The tokens that pay for the retries of one client. While most calls fail, the quota runs out, and calls fail at once
 * instead of adding to the load. Successful calls refill it.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class RetryQuota {
  #available: number;

  /** @param available replaced in tests */
  constructor(available = capacity) {
    this.#available = available;
  }

  get available(): number {
    return this.#available;
  }

  /** Takes the tokens for a retry; false if there are not enough. */
  take(cost: number): boolean {
    if (cost > this.#available) return false;
    this.#available -= cost;
    return true;
  }

  /** Refills after a success: returns the cost of the call's last retry, or adds one token if there was no retry. */
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

  policy(facts: RetryFacts): RetryPolicy {
    return new StandardRetryPolicy({ ...facts, quota: this.quota });
  }
}
