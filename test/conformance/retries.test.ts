import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ServiceError } from "#runtime/errors/index.js";
import { awsConventions } from "#runtime/call/conventions/aws.js";
import { setRetryHint } from "#runtime/retry/hint.js";
import { withRetries } from "#runtime/retry/loop.js";
import { RetryQuota, StandardRetryPolicy } from "#runtime/retry/standard.js";
import { newRetryState } from "#runtime/retry/state.js";
import { boundCall } from "#runtime/signals/deadline.js";
import { sharedPath } from "../support/shared.js";

/** The standard retry mode of 2026, as the AWS SDKs share it: responses, and what a call does after each. */
const file = sharedPath("conformance/retries/standard.json");

interface Response {
  readonly response: {
    readonly status_code: number;
    readonly error_code?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly expected: {
    readonly outcome: "retry_request" | "success" | "max_attempts_exceeded" | "retry_quota_exceeded" | "fail_request";
    readonly retry_quota?: number;
    /** Seconds. */
    readonly delay?: number;
  };
}

interface Case {
  readonly name: string;
  readonly given: {
    readonly max_attempts?: number;
    readonly initial_retry_tokens?: number;
    /** Seconds. */
    readonly max_backoff_time?: number;
    /** The jitter. */
    readonly exponential_base: number;
    readonly long_polling?: boolean;
  };
  readonly responses?: readonly Response[];
  readonly threads?: readonly (readonly Response[])[];
  readonly expected_final_quota?: number;
}

const cases = file ? (JSON.parse(readFileSync(file, "utf8")) as readonly Case[]) : [];

describe.skipIf(!file)("the standard retry mode", () => {
  it("has 19 cases", () => {
    expect(cases).toHaveLength(19);
  });

  it.each(cases.filter(({ responses }) => responses))("$name", async ({ given, responses = [] }) => {
    const client = new Client(given);
    const found: Found[] = [];
    while (found.length < responses.length) found.push(...(await client.call(responses.slice(found.length))));
    expect(found).toEqual(responses.map(({ expected }, index) => wanted(expected, found[index])));
  });

  it.each(cases.filter(({ threads }) => threads))("$name", async ({ given, threads = [], expected_final_quota }) => {
    const client = new Client(given);
    const [first = [], second = []] = threads;
    const found: Found[][] = [];
    // The second thread runs while the first one waits for its last attempt.
    const other = async (delays: number): Promise<void> => {
      if (delays === 2) found.push(await client.call(second));
    };
    found.unshift(await client.call(first, other));
    expect(found).toEqual(
      threads.map((responses, thread) => responses.map(({ expected }, at) => wanted(expected, found[thread]?.[at]))),
    );
    expect(client.quota.available).toBe(expected_final_quota);
  });
});

/** What a call does after a response. */
type Found = Required<Response["expected"]> | Omit<Required<Response["expected"]>, "delay">;

/** The expectation, with what it does not state: all of the quota, and the delays before other attempts. */
function wanted(expected: Response["expected"], found: Found | undefined): object {
  const { outcome, retry_quota = found?.retry_quota } = expected;
  const isOpen = outcome === "retry_request" && expected.delay === undefined;
  const delay = isOpen && found && "delay" in found ? found.delay : expected.delay;
  return { outcome, retry_quota, ...(delay !== undefined && { delay }) };
}

/** The calls of one client share a quota. */
class Client {
  readonly quota: RetryQuota;
  readonly #policy: StandardRetryPolicy;

  constructor(given: Case["given"]) {
    this.quota = new RetryQuota(given.initial_retry_tokens);
    this.#policy = new StandardRetryPolicy({
      quota: this.quota,
      random: () => given.exponential_base,
      longPoll: given.long_polling,
      ...(given.max_attempts !== undefined && { maxAttempts: given.max_attempts }),
      ...(given.max_backoff_time !== undefined && { maxDelay: given.max_backoff_time * 1000 }),
    });
  }

  /** Makes a call that gets the responses in order. Returns what it does after each that it gets. */
  async call(responses: readonly Response[], onDelay = async (_delays: number): Promise<void> => {}): Promise<Found[]> {
    const state = newRetryState();
    const found: Found[] = [];
    let last: number | undefined;
    const attempt = async (): Promise<void> => {
      const { response } = responses[found.length] ?? { response: { status_code: 599 } };
      if (response.status_code !== 200) throw failure(response);
    };
    const sleep = async (delay: number): Promise<void> => {
      if (state.stopped) {
        last = delay / 1000;
        return;
      }
      found.push({ outcome: "retry_request", retry_quota: this.quota.available, delay: delay / 1000 });
      await onDelay(found.length);
    };
    const options = { bounds: boundCall(undefined, undefined), sleep };
    const outcome = await withRetries(this.#policy, attempt, state, options).then(
      () => "success" as const,
      () => outcomes[state.stopped as keyof typeof outcomes],
    );
    const end = { outcome, retry_quota: this.quota.available };
    return [...found, last === undefined ? end : { ...end, delay: last }];
  }
}

const outcomes = {
  maxAttempts: "max_attempts_exceeded",
  quota: "retry_quota_exceeded",
  notRetryable: "fail_request",
} as const;

function failure({ status_code: status, error_code: name = "Failure", headers = {} }: Response["response"]): Error {
  const { retryable, throttling } = awsConventions.classify(name, status);
  const error = new ServiceError({ name, retryable, throttling });
  setRetryHint(error, awsConventions.retryAfterOf(headers, 0));
  return error;
}
