import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { boundCall } from "#runtime/signals/deadline.js";
import { sleep } from "#runtime/signals/sleep.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("sleep", () => {
  it("waits as long as requested", async () => {
    let awake = false;
    const sleeping = sleep(100).then(() => {
      awake = true;
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(awake).toBe(true);
  });

  it("ends when the signal is aborted, with its reason, leaving neither timer nor listener", async () => {
    const controller = new AbortController();
    const sleeping = sleep(10_000, controller.signal);
    controller.abort("enough");
    await expect(sleeping).rejects.toMatchObject({ code: "Aborted", cause: "enough" });
    expect([vi.getTimerCount(), getEventListeners(controller.signal, "abort").length]).toEqual([0, 0]);
  });

  it("ends when the deadline passes, with its error", async () => {
    const bounds = boundCall(undefined, 50);
    const sleeping = sleep(10_000, bounds.signal);
    vi.advanceTimersByTime(50);
    await expect(sleeping).rejects.toMatchObject({ code: "Timeout", phase: "deadline" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not begin where the signal was aborted before", async () => {
    await expect(sleep(10_000, AbortSignal.abort("before"))).rejects.toMatchObject({ cause: "before" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no listener when it has slept to its end", async () => {
    const { signal } = new AbortController();
    const sleeping = sleep(10, signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10);
    await sleeping;
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("does not end at once where it is longer than a timer can be", async () => {
    let awake = false;
    void sleep(2 ** 40).then(() => {
      awake = true;
    });
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(awake).toBe(false);
  });
});
