import { sleep } from "../time/sleep.js";

/** What of the rate at which the service throttled is kept to. */
const beta = 0.7;
/** How fast the rate grows again (the constant of the cubic curve). */
const scale = 0.4;
/** What of the measured rate is that of the last half second. */
const smoothing = 0.8;
/** Requests a second that are made at least, and tokens held at most at that rate. */
const leastRate = 0.5;
const leastCapacity = 1;

/**
 * Paces the attempts of one client, as the adaptive retry mode of the AWS SDKs does: not at all until the service
 * throttles for the first time, then at a part of the rate that it throttled at, which grows along a cubic curve, as in
 * TCP CUBIC, until it throttles again. Times are in seconds.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class RateLimiter {
  readonly #now: () => number;
  #enabled = false;
  /** Tokens there are; below 0, those that waiting attempts have taken in advance. */
  #tokens = 0;
  #capacity = 0;
  #rate = 0;
  #filledAt: number;
  #measuredRate = 0;
  #measuredAt: number;
  #count = 0;
  #lastMaximum = 0;
  #throttledAt: number;

  /** @param now seconds, by a clock that only goes forward */
  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#filledAt = now();
    this.#throttledAt = now();
    this.#measuredAt = halfSecond(now());
  }

  /** Waits for the turn of an attempt; undefined where it need not wait. */
  acquire(signal: AbortSignal | undefined): Promise<void> | undefined {
    if (!this.#enabled) return undefined;
    this.#fill();
    this.#tokens -= 1;
    if (this.#tokens >= 0) return undefined;
    return this.#wait((-this.#tokens / this.#rate) * 1000, signal);
  }

  /** Learns from how an attempt ended. */
  update(throttled: boolean): void {
    this.#measure();
    const now = this.#now();
    let rate: number;
    if (throttled) {
      this.#lastMaximum = this.#enabled ? Math.min(this.#measuredRate, this.#rate) : this.#measuredRate;
      this.#throttledAt = now;
      this.#enabled = true;
      rate = this.#lastMaximum * beta;
    } else {
      const untilMaximum = Math.cbrt((this.#lastMaximum * (1 - beta)) / scale);
      rate = scale * (now - this.#throttledAt - untilMaximum) ** 3 + this.#lastMaximum;
    }
    this.#setRate(Math.min(rate, 2 * this.#measuredRate));
  }

  async #wait(delay: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await sleep(delay, signal, "while waiting for its turn (retryMode adaptive)");
    } catch (error) {
      // Aborted: the turn goes to the others.
      this.#tokens += 1;
      throw error;
    }
  }

  #fill(): void {
    const now = this.#now();
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#filledAt) * this.#rate);
    this.#filledAt = now;
  }

  #setRate(rate: number): void {
    this.#fill();
    this.#rate = Math.max(rate, leastRate);
    this.#capacity = Math.max(rate, leastCapacity);
    this.#tokens = Math.min(this.#tokens, this.#capacity);
  }

  #measure(): void {
    this.#count++;
    const bucket = halfSecond(this.#now());
    if (bucket <= this.#measuredAt) return;
    const rate = this.#count / (bucket - this.#measuredAt);
    this.#measuredRate = rate * smoothing + this.#measuredRate * (1 - smoothing);
    this.#count = 0;
    this.#measuredAt = bucket;
  }
}

function halfSecond(time: number): number {
  return Math.floor(time * 2) / 2;
}
