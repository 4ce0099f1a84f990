import { within } from "../signals/within.js";
import { maxTimer } from "../signals/abort.js";

/** Factor applied to the rate at which the service throttled. */
const beta = 0.7;
/** Growth of the rate (the constant of the cubic curve). */
const scale = 0.4;
/** (1 - {@link beta}) / {@link scale}. */
const drop = 0.75;
/** Weight of the last half second in the measured rate. */
const smoothing = 0.8;
/** Min requests per second, and min capacity in tokens. */
const leastRate = 0.5;
const leastCapacity = 1;

/**
 * Paces the attempts of one client, like the adaptive retry mode of the AWS SDKs. It has no effect until the service
 * throttles for the first time. Then the rate is a fraction of the rate at which the service throttled, and grows along
 * a cubic curve, as in TCP CUBIC, until the service throttles again. Times are in seconds.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class RateLimiter {
  readonly #now: () => number;
  #enabled = false;
  /** Waiting attempts, in order of arrival. */
  readonly #queue = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tokens = 0;
  #capacity = 0;
  #rate = 0;
  #filledAt: number;
  #measuredRate = 0;
  #measuredAt: number;
  #count = 0;
  #lastMaximum = 0;
  #throttledAt: number;

  /** @param now seconds, by a monotonic clock */
  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#filledAt = now();
    this.#throttledAt = now();
    this.#measuredAt = halfSecond(now());
  }

  /** Waits for a token; undefined if no wait is needed. */
  acquire(signal: AbortSignal | undefined): Promise<void> | undefined {
    if (!this.#enabled) return undefined;
    this.#fill();
    if (this.#queue.size > 0 || this.#tokens < 1) return this.#wait(signal);
    this.#tokens -= 1;
    return undefined;
  }

  /** Updates the rate after an attempt. */
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
      const untilMaximum = Math.cbrt(this.#lastMaximum * drop);
      rate = scale * (now - this.#throttledAt - untilMaximum) ** 3 + this.#lastMaximum;
    }
    this.#setRate(Math.min(rate, 2 * this.#measuredRate));
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    let go = (): void => {};
    const turn = new Promise<void>((resolve) => {
      go = resolve;
    });
    this.#queue.add(go);
    this.#admit();
    try {
      await within(turn, signal, "while waiting for the client's rate limiter (retryMode adaptive)");
    } finally {
      // Aborted: the attempts behind it move up.
      if (this.#queue.delete(go)) this.#admit();
    }
  }

  /**
   * Admits waiting attempts while there are tokens, then sets a timer for the next one. Called again when the rate
   * changes.
   */
  #admit(): void {
    clearTimeout(this.#timer);
    this.#fill();
    for (const go of this.#queue) {
      if (this.#tokens < 1) {
        const delay = Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
        this.#timer = setTimeout(() => this.#admit(), Math.min(delay, maxTimer));
        return;
      }
      this.#tokens -= 1;
      this.#queue.delete(go);
      go();
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
    this.#admit();
  }

  #measure(): void {
    this.#count++;
    const bucket = halfSecond(this.#now());
    if (bucket <= this.#measuredAt) return;
    const rate = this.#count / (bucket - this.#measuredAt);
    this.#measuredRate += (rate - this.#measuredRate) * smoothing;
    this.#count = 0;
    this.#measuredAt = bucket;
  }
}

function halfSecond(time: number): number {
  return Math.floor(time * 2) / 2;
}
