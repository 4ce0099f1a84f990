import { inspect } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { CallOptions } from "#runtime/config/options.js";
import { AbortedError, ConnectionError, ServiceError, WaiterError } from "#runtime/errors/index.js";
import { abortError, boundCall } from "#runtime/signals/deadline.js";
import { type Waiter, type WaiterOptions, waitUntil } from "#runtime/operations/wait.js";

interface Output {
  readonly state: string;
}

const waiter: Waiter<object, Output> = {
  name: "ready",
  minDelay: 0.001,
  maxDelay: 0.004,
  acceptors: [
    { state: "success", output: (output) => output.state === "ready" },
    { state: "failure", when: "state is broken", output: (output) => output.state === "broken" },
    { state: "retry", errorType: "NotFound" },
  ],
};

/** Responses one after the other, the last one again and again; undefined is a response that never comes. */
function responding(...responses: (Output | Error | undefined)[]) {
  const given: CallOptions[] = [];
  const call = (_client: Client, _input: object, options: CallOptions = {}): Promise<Output> => {
    const response = responses[Math.min(given.length, responses.length - 1)];
    given.push(options);
    if (response !== undefined) return response instanceof Error ? Promise.reject(response) : Promise.resolve(response);
    const bounds = boundCall(options.signal, options.deadline);
    return new Promise((_resolve, reject) => {
      bounds.signal?.addEventListener("abort", ({ target }) => {
        bounds.release();
        reject(abortError(target as AbortSignal));
      });
    });
  };
  return { call, given, calls: () => given.length };
}

/** A waiter reads the client's deadline only. */
function clientWith(deadline: number | undefined): Client {
  return { context: { options: { deadline } } } as Client;
}

const client = clientWith(undefined);

const wait = (service: ReturnType<typeof responding>, options: Partial<WaiterOptions> = {}, described = waiter) =>
  waitUntil<Client, object, Output>(service.call, described, client, {}, { maxWaitTime: 5, ...options });

const failureOf = (waiting: Promise<unknown>): Promise<unknown> => waiting.catch((thrown: unknown) => thrown);

const accepting = (...acceptors: Waiter<object, Output>["acceptors"]): typeof waiter => ({ ...waiter, acceptors });

describe("waitUntil", () => {
  it("calls until the response is the one waited for, through failures that the model allows", async () => {
    const service = responding(new ServiceError({ name: "NotFound" }), { state: "pending" }, { state: "ready" });
    expect(await wait(service)).toEqual({ state: "ready" });
    expect(service.calls()).toBe(3);
  });

  it("ends when the desired state can no longer be reached, with the last output", async () => {
    const error = await failureOf(wait(responding({ state: "broken" })));
    expect(error).toBeInstanceOf(WaiterError);
    expect(error).toMatchObject({
      message: "ready: can no longer be reached (1 call); last call: state is broken",
      state: "failure",
      reason: "state is broken",
      lastOutput: { state: "broken" },
    });
    expect(inspect(error)).not.toContain("lastOutput");
    expect(Object.keys(error as object)).not.toContain("cause");
  });

  it("ends at once at a failure that no acceptor names", async () => {
    const denied = new ServiceError({ name: "AccessDenied" });
    const service = responding(denied);
    await expect(wait(service)).rejects.toBe(denied);
    expect(service.calls()).toBe(1);
  });

  it("lets failures without a response through", async () => {
    const rejected = new ConnectionError("refused");
    await expect(wait(responding(rejected), {}, accepting({ state: "retry", success: false }))).rejects.toBe(rejected);
  });

  it("uses the first acceptor that matches", async () => {
    const ready = { state: "ready" };
    const first = accepting({ state: "success", success: true }, { state: "failure", output: () => true });
    expect(await wait(responding(ready), {}, first)).toBe(ready);
    const second = accepting({ state: "failure", output: () => true }, { state: "success", success: true });
    expect(await failureOf(wait(responding(ready), {}, second))).toMatchObject({ state: "failure" });
  });

  it("may wait for a failure, and then returns no output", async () => {
    const gone = responding({ state: "there" }, new ServiceError({ name: "NotFound" }));
    expect(await wait(gone, {}, accepting({ state: "success", errorType: "NotFound" }))).toBeUndefined();
    const any = responding({ state: "there" }, new ServiceError({ name: "Whatever" }));
    expect(await wait(any, {}, accepting({ state: "success", success: false }))).toBeUndefined();
  });

  it("hands the input to acceptors that look at it", async () => {
    const seen: unknown[] = [];
    const looking = accepting({ state: "success", output: (output, input) => seen.push(output, input) > 0 });
    const input = { id: 1 };
    await waitUntil(responding({ state: "x" }).call, looking, client, input, { maxWaitTime: 1 });
    expect(seen).toEqual([{ state: "x" }, input]);
  });

  it("gives up after the time it has, and reports how far it came", async () => {
    const error = await failureOf(wait(responding({ state: "pending" }), { maxWaitTime: 0.02 }));
    expect(error).toMatchObject({ code: "Waiter", state: "timeout", lastOutput: { state: "pending" } });
    expect((error as Error).message).toMatch(
      /^ready: not reached after 0\.02 s \(\d+ calls\); last call: succeeded, and no acceptor matches$/,
    );
    const missing = new ServiceError({ name: "NotFound" });
    const other = await failureOf(wait(responding(missing), { maxWaitTime: 0.02 }));
    expect(other).toMatchObject({ reason: "failed with NotFound", cause: missing });
  });

  it("cuts off a call that outlasts the wait", async () => {
    const error = await failureOf(wait(responding({ state: "pending" }, undefined), { maxWaitTime: 0.03 }));
    expect(error).toMatchObject({ state: "timeout", lastOutput: { state: "pending" } });
    expect((error as Error).message).toContain("(2 calls, the last one ended by maxWaitTime)");
  });

  it("keeps the call's own deadline where that is shorter", async () => {
    const error = await failureOf(wait(responding(undefined), { deadline: 10 }));
    expect(error).toMatchObject({ code: "Timeout", limit: 10 });
    const service = responding({ state: "ready" });
    const impatient = clientWith(7);
    await waitUntil<Client, object, Output>(service.call, waiter, impatient, {}, { maxWaitTime: 5 });
    expect(service.given).toEqual([{ deadline: 7 }]);
  });

  it("stops waiting when aborted", async () => {
    const controller = new AbortController();
    const waiting = wait(responding({ state: "pending" }), { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(waiting).rejects.toBeInstanceOf(AbortedError);
  });

  it.each([
    [{ maxWaitTime: undefined }, "ready: maxWaitTime must be a number of seconds above 0, but is undefined"],
    [{ maxWaitTime: Number.NaN }, "ready: maxWaitTime must be a number of seconds above 0, but is NaN"],
    [{ maxWaitTime: 5, minDelay: 0 }, "ready: minDelay must be a number of seconds above 0, but is 0"],
    [{ maxWaitTime: 5, minDelay: 3, maxDelay: 2 }, "ready: minDelay (3 s) is above maxDelay (2 s)"],
  ])("rejects options that make no wait: %j", async (options, message) => {
    const service = responding({ state: "ready" });
    const error = await failureOf(wait(service, options as WaiterOptions));
    expect(error).toMatchObject({ code: "Configuration", message });
    expect(service.calls()).toBe(0);
  });
});

describe("pauses", () => {
  /** Milliseconds at which the calls were made, in a time that stops between timers. */
  async function times(random: number, options: WaiterOptions, described: Waiter<object, Output>): Promise<number[]> {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    vi.spyOn(Math, "random").mockReturnValue(random);
    onTestFinished(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    });
    const start = performance.now();
    const at: number[] = [];
    const call = (): Promise<Output> => {
      at.push(Math.round(performance.now() - start));
      return Promise.resolve({ state: "pending" });
    };
    const waiting = failureOf(waitUntil<Client, object, Output>(call, described, client, {}, options));
    await vi.runAllTimersAsync();
    expect(await waiting).toMatchObject({ state: "timeout" });
    return at;
  }

  const seconds = { ...waiter, minDelay: 2, maxDelay: 30 };

  it("double up to the longest, the last cut so that its call has the shortest left", async () => {
    expect(await times(1, { maxWaitTime: 100 }, seconds)).toEqual([
      0, 2000, 6000, 14_000, 30_000, 60_000, 90_000, 98_000,
    ]);
  });

  it("are the shortest at least, whatever chance says", async () => {
    expect(await times(0, { maxWaitTime: 9 }, seconds)).toEqual([0, 2000, 4000, 6000, 7000]);
  });

  it("are between the two by chance", async () => {
    expect(await times(0.5, { maxWaitTime: 12 }, seconds)).toEqual([0, 2000, 5000, 10_000]);
  });

  it("are those of the options, if set", async () => {
    expect(await times(1, { maxWaitTime: 11, minDelay: 1, maxDelay: 4 }, seconds)).toEqual([
      0, 1000, 3000, 7000, 10_000,
    ]);
    expect(await times(1, { maxWaitTime: 100, minDelay: 40 }, seconds)).toEqual([0, 40_000, 60_000]);
    expect(await times(1, { maxWaitTime: 3, maxDelay: 1 }, seconds)).toEqual([0, 1000, 2000]);
  });
});
