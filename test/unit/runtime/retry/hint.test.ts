import { describe, expect, it } from "vitest";
import { awsConventions } from "#runtime/call/conventions/aws.js";
import { giveRetryHint, retryAfterOf, retryHintOf } from "#runtime/retry/hint.js";

describe("a retry hint", () => {
  it("goes with an error without showing on it", () => {
    const error = Object.freeze(new Error("x"));
    expect(retryHintOf(error)).toBeUndefined();
    giveRetryHint(error, { delay: 100 });
    giveRetryHint(error, { retryable: true });
    expect(retryHintOf(error)).toEqual({ delay: 100, retryable: true });
    expect(Reflect.ownKeys(error)).toEqual(["stack", "message"]);
  });

  it("is undefined for what cannot have one", () => {
    expect([retryHintOf(undefined), retryHintOf("x"), retryHintOf(null)]).toEqual([undefined, undefined, undefined]);
  });
});

describe("retryAfterOf", () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  it.each([
    [{}, undefined],
    [{ "retry-after": "3" }, 3_000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.5" }, 1_500],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:07 GMT" }, 7_000],
    [{ "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-1" }, undefined],
    [{ "x-amz-retry-after": "250" }, undefined],
  ] as [Record<string, string>, number | undefined][])("reads %j", (headers, expected) => {
    expect(retryAfterOf(headers, now)).toBe(expected);
  });

  it.each([
    [{ "x-amz-retry-after": "250" }, 250],
    [{ "x-amz-retry-after": "250", "retry-after": "3" }, 250],
    [{ "x-amz-retry-after": "soon", "retry-after": "3" }, 3_000],
  ] as [Record<string, string>, number | undefined][])("reads %j of AWS", (headers, expected) => {
    expect(awsConventions.retryAfterOf(headers, now)).toBe(expected);
  });
});
