import { describe, expect, it, vi } from "vitest";
import { AbortedError } from "#runtime/errors/index.js";
import { RateLimiter } from "#runtime/retry/rate-limiter.js";

/** Drives a limiter through simulated calls, `perSecond` of them, and reports how many the service saw each second. */
class Simulation {
  now = 0;
  readonly limiter = new RateLimiter(() => this.now);
  readonly seen: number[] = [];

  /** The service takes `allowed` calls a second and throttles the others. */
  async run(seconds: number, perSecond: number, allowed: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      let taken = 0;
      for (let call = 0; call < perSecond; call++) {
        this.now += 1 / perSecond;
        if (!(await this.#isTurn())) continue;
        taken++;
        this.limiter.update(taken > allowed);
      }
      this.seen.push(taken);
    }
  }

  /** Waiting ones are given up, as an aborted call does: so the test counts what comes through at once. */
  async #isTurn(): Promise<boolean> {
    const controller = new AbortController();
    const waiting = this.limiter.acquire(controller.signal);
    if (waiting === undefined) return true;
    controller.abort();
    await waiting.catch(() => {});
    return false;
  }
}

describe("RateLimiter", () => {
  it("holds nothing back until the service throttles", async () => {
    const simulation = new Simulation();
    await simulation.run(5, 100, 1000);
    expect(simulation.seen).toEqual([100, 100, 100, 100, 100]);
  });

  it("slows down when throttled, and grows again when it no longer is", async () => {
    const simulation = new Simulation();
    await simulation.run(3, 100, 1000);
    await simulation.run(1, 100, 10);
    await simulation.run(1, 100, 1000);
    expect(simulation.seen[4]).toBeLessThan(80);
    await simulation.run(30, 100, 1000);
    expect(simulation.seen.at(-1)).toBeGreaterThan(95);
  });

  it("wakes those who wait when the rate grows, in the order in which they came", async () => {
    vi.useFakeTimers();
    try {
      const limiter = new RateLimiter(() => Date.now() / 1000);
      for (let second = 0; second < 3; second++) {
        await vi.advanceTimersByTimeAsync(1_000);
        for (let call = 0; call < 20; call++) limiter.update(false);
      }
      // Down to the lowest rate: one attempt in two seconds.
      await vi.advanceTimersByTimeAsync(1_000);
      for (let call = 0; call < 12; call++) limiter.update(true);
      await vi.advanceTimersByTimeAsync(10_000);
      limiter.update(true);
      const order: number[] = [];
      const startedAt = Date.now();
      const waits = Array.from({ length: 30 }, async (_, index) => {
        await limiter.acquire(undefined);
        order.push(index);
        return Date.now() - startedAt;
      });
      // All at the rate of the beginning would take a minute.
      for (let step = 0; step < 100; step++) {
        await vi.advanceTimersByTimeAsync(100);
        for (let call = 0; call < 2; call++) limiter.update(false);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      expect(order).toEqual([...order].toSorted((left, right) => left - right));
      expect(Math.max(...(await Promise.all(waits)))).toBeLessThan(20_000);
    } finally {
      vi.useRealTimers();
    }
  });

  it("makes at least one attempt in two seconds", () => {
    const simulation = new Simulation();
    simulation.limiter.update(true);
    simulation.now += 10;
    expect(simulation.limiter.acquire(undefined)).toBeUndefined();
  });

  it("admits waiting calls one by one, and an aborted wait gives up its turn", async () => {
    vi.useFakeTimers();
    try {
      const limiter = new RateLimiter(() => Date.now() / 1000);
      limiter.update(true);
      const order: string[] = [];
      const controller = new AbortController();
      const first = limiter.acquire(undefined)?.then(() => order.push("first"));
      const aborted = limiter.acquire(controller.signal)?.catch((error: unknown) => error);
      controller.abort();
      expect(await aborted).toBeInstanceOf(AbortedError);
      const second = limiter.acquire(undefined)?.then(() => order.push("second"));
      await vi.advanceTimersByTimeAsync(2_000);
      expect(order).toEqual(["first"]);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(order).toEqual(["first", "second"]);
      await Promise.all([first, second]);
    } finally {
      vi.useRealTimers();
    }
  });
});
