import { describe, expect, it } from "vitest";
import { ConnectionError, ServiceError, TimeoutError } from "#runtime/errors/index.js";
import { setRetryHint } from "#runtime/retry/hint.js";
import { newRetryState, type RetryState } from "#runtime/retry/state.js";
import { RetryQuota, StandardRetryPolicy } from "#runtime/retry/standard.js";

const forever = Number.POSITIVE_INFINITY;
const after = (attempts: number): RetryState => ({ ...newRetryState(), attempts });
const reset = new ConnectionError("", { systemCode: "ECONNRESET" });
const throttling = new ServiceError({ name: "ThrottlingException", throttling: true });

describe("the standard policy", () => {
  it("makes three attempts by default", () => {
    const policy = new StandardRetryPolicy({ random: () => 0.5 });
    expect(policy.maxAttempts).toBe(3);
    expect([1, 2].map((attempts) => policy.onFailure(reset, after(attempts), forever))).toEqual([25, 50]);
    const state = after(3);
    expect(policy.onFailure(reset, state, forever)).toBeUndefined();
    expect(state.stopped).toBe("maxAttempts");
  });

  it("makes as many as it is allowed", () => {
    const policy = new StandardRetryPolicy({ maxAttempts: 1 });
    expect(policy.onFailure(reset, after(1), forever)).toBeUndefined();
    expect(new StandardRetryPolicy({ maxAttempts: 5 }).onFailure(reset, after(4), forever)).toBeDefined();
  });

  it("waits longer when throttled, and as long as the server asks", () => {
    const policy = new StandardRetryPolicy({ random: () => 0.5 });
    expect(policy.onFailure(throttling, after(1), forever)).toBe(500);
    const hinted = new ServiceError({ name: "SlowDown", throttling: true });
    setRetryHint(hinted, { delay: 4_000 });
    expect(policy.onFailure(hinted, after(1), forever)).toBe(4_000);
  });

  it("stops at an error that another attempt would not correct", () => {
    const policy = new StandardRetryPolicy();
    const state = after(1);
    expect(policy.onFailure(new ServiceError({ name: "TrailNotFoundException" }), state, forever)).toBeUndefined();
    expect(state.stopped).toBe("notRetryable");
    expect(policy.quota.available).toBe(500);
  });

  it("stops where the wait would reach the deadline, and pays nothing for it", () => {
    const policy = new StandardRetryPolicy({ random: () => 0.5 });
    const state = after(1);
    expect(policy.onFailure(throttling, state, 500)).toBeUndefined();
    expect([state.stopped, policy.quota.available]).toEqual(["deadline", 500]);
    expect(policy.onFailure(throttling, after(1), 501)).toBe(500);
  });

  it("pays 14 tokens a retry, timeouts too, and 5 when throttled", () => {
    const policy = new StandardRetryPolicy();
    const spent = (error: unknown): number => {
      const before = policy.quota.available;
      policy.onFailure(error, after(1), forever);
      return before - policy.quota.available;
    };
    const timeout = new TimeoutError("", { phase: "headers", limit: 1 });
    expect([spent(reset), spent(timeout), spent(throttling)]).toEqual([14, 14, 5]);
  });

  it("lets calls fail at once when the quota is spent", () => {
    const policy = new StandardRetryPolicy();
    const retries = Array.from({ length: 50 }, () => policy.onFailure(reset, after(1), forever));
    expect(retries.filter((delay) => delay !== undefined)).toHaveLength(Math.floor(500 / 14));
    const state = after(1);
    expect(policy.onFailure(reset, state, forever)).toBeUndefined();
    expect(state.stopped).toBe("quota");
    expect(policy.onFailure(throttling, after(1), forever)).toBeDefined();
  });

  it("may share its quota with another", () => {
    const quota = new RetryQuota();
    new StandardRetryPolicy({ quota, maxAttempts: 2 }).onFailure(reset, after(1), forever);
    new StandardRetryPolicy({ quota, maxAttempts: 9 }).onFailure(reset, after(8), forever);
    expect(quota.available).toBe(500 - 14 - 14);
  });

  it("gets back what the last retry cost when the call succeeds, and one token for a success at once", () => {
    const policy = new StandardRetryPolicy();
    const state = after(1);
    policy.onFailure(reset, state, forever);
    policy.onFailure(throttling, { ...state, attempts: 2 }, forever);
    state.attempts = 2;
    policy.onFailure(throttling, state, forever);
    expect(policy.quota.available).toBe(500 - 14 - 5 - 5);
    policy.onSuccess(state);
    expect(policy.quota.available).toBe(481);
    policy.onSuccess(after(1));
    expect(policy.quota.available).toBe(482);
    for (let count = 0; count < 100; count++) policy.onSuccess(after(1));
    expect(policy.quota.available).toBe(500);
  });
});
