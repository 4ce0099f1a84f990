import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AbortedError, TimeoutError } from "#runtime/errors/index.js";
import { abortError, boundCall, type CallBounds } from "#runtime/signals/deadline.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The error of a call whose signal was aborted. */
function errorOf({ signal }: CallBounds): unknown {
  return signal?.aborted ? abortError(signal) : undefined;
}

describe("boundCall", () => {
  it("makes nothing where there is neither signal nor deadline", () => {
    const bounds = boundCall(undefined, undefined);
    expect(bounds).toBe(boundCall(undefined, Number.POSITIVE_INFINITY));
    expect([bounds.signal, bounds.remaining(), vi.getTimerCount()]).toEqual([undefined, Number.POSITIVE_INFINITY, 0]);
    bounds.release();
  });

  it("returns the caller's signal itself where there is no deadline", () => {
    const { signal } = new AbortController();
    const bounds = boundCall(signal, undefined);
    expect(bounds.signal).toBe(signal);
    expect(bounds.remaining()).toBe(Number.POSITIVE_INFINITY);
    bounds.release();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("aborts when the deadline passes, with an error of its own", () => {
    const bounds = boundCall(undefined, 5_000);
    vi.advanceTimersByTime(4_999);
    expect(errorOf(bounds)).toBeUndefined();
    expect(bounds.remaining()).toBe(1);
    vi.advanceTimersByTime(1);
    const error = errorOf(bounds);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      phase: "deadline",
      limit: 5_000,
      message: "The call did not finish within its deadline of 5000 ms (deadline).",
    });
    expect(errorOf(bounds)).toBe(error);
  });

  it("aborts with the caller's reason when the caller does", () => {
    const controller = new AbortController();
    const bounds = boundCall(controller.signal, 5_000);
    controller.abort("enough");
    const error = errorOf(bounds);
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: "enough", message: "The call was aborted: enough" });
  });

  it("takes 0 for no deadline", () => {
    expect(boundCall(undefined, 0)).toBe(boundCall(undefined, undefined));
  });

  it("is aborted at once by a signal that was aborted before", () => {
    const early = boundCall(AbortSignal.abort("before"), 5_000);
    expect(errorOf(early)).toMatchObject({ code: "Aborted", cause: "before" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves neither timer nor listener once released", () => {
    const { signal } = new AbortController();
    const bounds = boundCall(signal, 5_000);
    expect([vi.getTimerCount(), getEventListeners(signal, "abort").length]).toEqual([1, 1]);
    bounds.release();
    expect([vi.getTimerCount(), getEventListeners(signal, "abort").length]).toEqual([0, 0]);
  });

  it("takes a deadline too far off for a timer as none", () => {
    expect(boundCall(undefined, 2 ** 31).signal).toBeUndefined();
    const longest = boundCall(undefined, 2 ** 31 - 1);
    vi.advanceTimersByTime(1_000_000);
    expect(longest.signal?.aborted).toBe(false);
    longest.release();
  });
});

describe("abortError", () => {
  it("keeps whatever reason the caller gave", () => {
    const reasons = [new Error("stop"), "stop", { stop: true }, 0, null];
    const errors = reasons.map((reason) => abortError(AbortSignal.abort(reason)));
    expect(errors.map(({ cause }) => cause)).toEqual(reasons);
    expect(errors.map(({ message }) => message)).toEqual([
      "The call was aborted: stop",
      "The call was aborted: stop",
      "The call was aborted.",
      "The call was aborted.",
      "The call was aborted.",
    ]);
  });

  it("reports what it found the call at", () => {
    expect(abortError(AbortSignal.abort("stop"), "while waiting").message).toBe(
      "The call was aborted while waiting: stop",
    );
    expect(abortError(AbortSignal.abort(null), "while waiting").message).toBe("The call was aborted while waiting.");
    const { signal } = boundCall(undefined, 5);
    vi.advanceTimersByTime(5);
    expect(signal && abortError(signal, "while waiting")).toMatchObject({
      phase: "deadline",
      limit: 5,
      message: "The call did not finish within its deadline of 5 ms (deadline) and was ended while waiting.",
    });
  });

  it("does not take a time limit that the caller gives as a reason for a deadline of the call", () => {
    const reason = new TimeoutError("of another call", { phase: "deadline", limit: 1 });
    const error = abortError(AbortSignal.abort(reason));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.cause).toBe(reason);
  });
});
