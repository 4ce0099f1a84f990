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
