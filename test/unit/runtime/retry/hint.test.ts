import { describe, expect, it } from "vitest";
import { awsConventions } from "#runtime/call/conventions/aws.js";
import { setRetryHint, retryAfterOf, retryHintOf } from "#runtime/retry/hint.js";

describe("a retry hint", () => {
  it("goes with an error without showing on it", () => {
    const error = Object.freeze(new Error("x"));
    expect(retryHintOf(error)).toBeUndefined();
    setRetryHint(error, { delay: 100 });
    setRetryHint(error, { retryable: true });
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
    [{}, {}],
    [{ "retry-after": "3" }, { delay: 3_000 }],
    [{ "retry-after": "0" }, { delay: 0 }],
    [{ "retry-after": "1.5" }, { delay: 1_500 }],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:07 GMT" }, { delay: 7_000 }],
    [{ "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" }, { delay: 0 }],
    [{ "retry-after": "soon" }, {}],
    [{ "retry-after": "-1" }, {}],
    [{ "x-amz-retry-after": "250" }, {}],
  ] as [Record<string, string>, object][])("reads %j", (headers, expected) => {
    expect(retryAfterOf(headers, now)).toEqual(expected);
  });

  it.each([
    [{ "x-amz-retry-after": "250" }, { delay: 250, leeway: 5_000 }],
    [
      { "x-amz-retry-after": "250", "retry-after": "3" },
      { delay: 250, leeway: 5_000 },
    ],
    [{ "x-amz-retry-after": "soon", "retry-after": "3" }, { delay: 3_000 }],
  ] as [Record<string, string>, object][])("reads %j of AWS", (headers, expected) => {
    expect(awsConventions.retryAfterOf(headers, now)).toEqual(expected);
  });
});
