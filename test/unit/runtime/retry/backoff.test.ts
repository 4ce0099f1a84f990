import { describe, expect, it } from "vitest";
import { backoff, throttlingBase, transientBase } from "#runtime/retry/standard.js";

const attempts = [1, 2, 3, 4, 5, 6, 10, 100];

describe("backoff", () => {
  it("doubles its upper bound up to 20 s", () => {
    expect(attempts.map((attempt) => backoff(attempt, transientBase, 1))).toEqual([
      50, 100, 200, 400, 800, 1_600, 20_000, 20_000,
    ]);
    expect(attempts.map((attempt) => backoff(attempt, throttlingBase, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000,
    ]);
  });

  it("draws from the whole range below", () => {
    expect([0, 0.25, 0.5, 0.999].map((random) => backoff(1, throttlingBase, random))).toEqual([0, 250, 500, 999]);
  });

  it("waits at least as long as the server asks, but never above 20 s", () => {
    expect(backoff(1, transientBase, 0.5, { delay: 3_000 })).toBe(3_000);
    expect(backoff(1, throttlingBase, 0.5, { delay: 100 })).toBe(500);
    expect(backoff(1, throttlingBase, 0.5, { delay: 3_600_000 })).toBe(20_000);
  });

  it("exceeds the computed delay by the leeway of the server's at most", () => {
    expect(backoff(1, transientBase, 0.5, { delay: 3_000, leeway: 5_000 })).toBe(3_000);
    expect(backoff(1, transientBase, 0.5, { delay: 9_000, leeway: 5_000 })).toBe(5_025);
    expect(backoff(6, throttlingBase, 1, { delay: 90_000, leeway: 5_000 })).toBe(25_000);
  });
});
