import { afterEach, expect, it, vi } from "vitest";
import { Clock } from "#runtime/time/clock.js";

afterEach(() => {
  vi.useRealTimers();
});

it("a clock is this machine's, put right by its offset", () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const clock = new Clock();
  expect(clock.now()).toBe(1_000_000);
  clock.offset = -3_000;
  expect(clock.now()).toBe(997_000);
  vi.advanceTimersByTime(500);
  expect([clock.now(), new Clock(60_000).now()]).toEqual([997_500, 1_060_500]);
});
