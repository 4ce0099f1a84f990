import { describe, expect, it } from "vitest";
import { ConnectionError, ServiceError } from "#runtime/errors/index.js";
import { type RetryOptions, type RetryPolicy, withRetries } from "#runtime/retry/loop.js";
import { newRetryState } from "#runtime/retry/state.js";
import { StandardRetryPolicy } from "#runtime/retry/standard.js";
import { boundCall } from "#runtime/signals/deadline.js";

const reset = (): ConnectionError => new ConnectionError("reset", { systemCode: "ECONNRESET" });

/** A sleep that takes no time and notes how long it would have been. */
function instantly(): { slept: number[]; options: RetryOptions } {
  const slept: number[] = [];
  const sleep = (delay: number): Promise<void> => {
    slept.push(delay);
    return Promise.resolve();
  };
  return { slept, options: { bounds: boundCall(undefined, undefined), sleep } };
}

describe("withRetries", () => {
  it("makes one attempt where that succeeds", async () => {
    const { slept, options } = instantly();
    const state = newRetryState();
    const result = await withRetries(new StandardRetryPolicy(), (n) => Promise.resolve(`attempt ${n}`), state, options);
    expect(result).toBe("attempt 1");
    expect(state).toEqual({ ...newRetryState(), attempts: 1 });
    expect(slept).toEqual([]);
  });

  it("retries until an attempt succeeds, and keeps count", async () => {
    const { slept, options } = instantly();
    const policy = new StandardRetryPolicy({ random: () => 0.5 });
    const state = newRetryState();
    const retries: unknown[] = [];
    const result = await withRetries(
      policy,
      (n) => (n < 3 ? Promise.reject(reset()) : Promise.resolve(`attempt ${n}`)),
      state,
      { ...options, onRetry: (error, delay, { attempts }) => retries.push([error, delay, attempts]) },
    );
    expect(result).toBe("attempt 3");
    expect(state).toMatchObject({ attempts: 3, totalRetryDelay: 75, stopped: undefined });
    expect(slept).toEqual([25, 50]);
    expect(retries).toEqual([
      [reset(), 25, 1],
      [reset(), 50, 2],
    ]);
    expect(policy.quota.available).toBe(500 - 14);
  });

  it("fails with the last error once there were enough attempts", async () => {
    const { options } = instantly();
    const state = newRetryState();
    const errors = [reset(), reset(), reset()];
    const result = withRetries(new StandardRetryPolicy(), (n) => Promise.reject(errors[n - 1]), state, options);
    await expect(result).rejects.toBe(errors[2]);
    expect(state).toMatchObject({ attempts: 3, stopped: "maxAttempts" });
  });

  it("fails at once with an error that is not worth another attempt, thrown or rejected", async () => {
    const { slept, options } = instantly();
    const denied = new ServiceError({ name: "AccessDenied" });
    const policy = new StandardRetryPolicy();
    const state = newRetryState();
    await expect(withRetries(policy, () => Promise.reject(denied), state, options)).rejects.toBe(denied);
    const throws = (): Promise<never> => {
      throw denied;
    };
    await expect(withRetries(policy, throws, newRetryState(), options)).rejects.toBe(denied);
    expect([slept, state.attempts, state.stopped]).toEqual([[], 1, "notRetryable"]);
  });

  it("fails with the last error rather than wait beyond the deadline", async () => {
    const throttled = new ServiceError({ name: "Throttling", throttling: true });
    const policy = new StandardRetryPolicy({ random: () => 0.9 });
    const bounds = boundCall(undefined, 500);
    const state = newRetryState();
    const start = performance.now();
    await expect(withRetries(policy, () => Promise.reject(throttled), state, { bounds })).rejects.toBe(throttled);
    bounds.release();
    expect(performance.now() - start).toBeLessThan(400);
    expect(state).toMatchObject({ attempts: 1, stopped: "deadline", totalRetryDelay: 0 });
  });

  it("ends a wait when the call is aborted, and makes no further attempt", async () => {
    const controller = new AbortController();
    const policy = new StandardRetryPolicy({ random: () => 0.9 });
    const state = newRetryState();
    const result = withRetries(
      policy,
      () => Promise.reject(new ServiceError({ name: "Throttling", throttling: true })),
      state,
      {
        bounds: boundCall(controller.signal, undefined),
        onRetry: () => setTimeout(() => controller.abort("enough"), 5),
      },
    );
    await expect(result).rejects.toMatchObject({ code: "Aborted", cause: "enough" });
    expect(state).toMatchObject({ attempts: 1, totalRetryDelay: 0 });
  });

  it("lets a policy hold every attempt back", async () => {
    const { options } = instantly();
    const steps: string[] = [];
    const policy: RetryPolicy = {
      maxAttempts: 2,
      beforeAttempt: ({ attempts }) => {
        steps.push(`before, ${attempts} made`);
        return Promise.resolve();
      },
      onFailure: (_error, { attempts }) => (attempts < 2 ? 0 : undefined),
      onSuccess: () => steps.push("success"),
    };
    await withRetries(
      policy,
      (n) => {
        steps.push(`attempt ${n}`);
        return n === 1 ? Promise.reject(reset()) : Promise.resolve();
      },
      newRetryState(),
      options,
    );
    expect(steps).toEqual(["before, 0 made", "attempt 1", "before, 1 made", "attempt 2", "success"]);
  });
});
