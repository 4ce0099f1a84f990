import { classify } from "./classify.js";
import type { RetryPolicy } from "./loop.js";
import { RateLimiter } from "./rate-limiter.js";
import { type StandardRetryOptions, StandardRetryPolicy, StandardRetryStrategy } from "./standard.js";
import type { RetryState } from "./state.js";
import type { RetryFacts } from "./strategy.js";

/** The adaptive retry mode for one call: the standard mode, with every attempt paced by the client's rate limiter. */
export class AdaptiveRetryPolicy extends StandardRetryPolicy {
  readonly #limiter: RateLimiter;
  #hasStarted = false;

  constructor(limiter: RateLimiter, options: StandardRetryOptions) {
    super(options);
    this.#limiter = limiter;
  }

  /** The call itself acquired a token for its first attempt. */
  beforeAttempt(_state: RetryState, signal: AbortSignal | undefined): Promise<void> | undefined {
    if (this.#hasStarted) return this.#limiter.acquire(signal);
    this.#hasStarted = true;
    return undefined;
  }

  override onFailure(error: unknown, state: RetryState, remaining: number): number | undefined {
    this.#limiter.update(classify(error).throttling);
    return super.onFailure(error, state, remaining);
  }

  override onSuccess(state: RetryState): void {
    this.#limiter.update(false);
    super.onSuccess(state);
  }
}

/** The adaptive mode of one client: its calls share a quota and a rate limiter. */
export class AdaptiveRetryStrategy extends StandardRetryStrategy {
  readonly limiter: RateLimiter;

  /** @param limiter replaced in tests */
  constructor(limiter = new RateLimiter()) {
    super();
    this.limiter = limiter;
  }

  acquire(signal: AbortSignal | undefined): Promise<void> | undefined {
    return this.limiter.acquire(signal);
  }

  override succeeded(): void {
    super.succeeded();
    this.limiter.update(false);
  }

  override policy(facts: RetryFacts): RetryPolicy {
    return new AdaptiveRetryPolicy(this.limiter, { ...facts, quota: this.quota });
  }
}
