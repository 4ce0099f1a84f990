import type { CallOptions, Client } from "./client.js";
import { isClientsmithError } from "./errors/base.js";
import { WaiterError } from "./errors/loops.js";
import { sleep } from "./time/sleep.js";

/** One acceptor of `smithy.waiters#waitable`, its matcher compiled at generation. */
export interface Acceptor<Input, Output> {
  readonly state: "success" | "failure" | "retry";
  /** Matches a successful answer. */
  readonly output?: (output: Output, input: Input) => boolean;
  /** Matches a failure by the error's name. */
  readonly errorType?: string;
  /** Matches every answer (`true`) or every failure (`false`). */
  readonly success?: boolean;
}

/** A waiter as the model describes it. Delays are in seconds, as in the trait. */
export interface Waiter<Input, Output> {
  readonly name: string;
  readonly acceptors: readonly Acceptor<Input, Output>[];
  readonly minDelay: number;
  readonly maxDelay: number;
}

export interface WaiterOptions extends CallOptions {
  /** Longest time to wait, in seconds. */
  readonly maxWaitTime: number;
  /** Shortest and longest pause between calls, in seconds; the model's where absent. */
  readonly minDelay?: number | undefined;
  readonly maxDelay?: number | undefined;
}

/**
 * Calls an operation until its answer is the state waited for, and gives that answer. A failure that no acceptor
 * names ends the wait at once.
 *
 * @see https://smithy.io/2.0/additional-specs/waiters.html#waiter-workflow
 */
export async function waitUntil<C extends Client, Input extends object, Output extends object>(
  call: (client: C, input: Input, options?: CallOptions) => Promise<Output>,
  waiter: Waiter<Input, Output>,
  client: C,
  input: Input,
  options: WaiterOptions,
): Promise<Output | undefined> {
  const { maxWaitTime, minDelay = waiter.minDelay, maxDelay = waiter.maxDelay, ...callOptions } = options;
  const end = performance.now() + maxWaitTime * 1000;
  let lastOutput: Output | undefined;
  let lastError: unknown;

  for (let attempt = 1; ; attempt++) {
    let state: Acceptor<Input, Output>["state"] | undefined;
    lastOutput = undefined;
    lastError = undefined;
    try {
      const output = await call(client, input, callOptions);
      lastOutput = output;
      state = waiter.acceptors.find((acceptor) => acceptor.success === true || acceptor.output?.(output, input))?.state;
    } catch (error) {
      if (!isClientsmithError(error) || error.code !== "Service") throw error;
      lastError = error;
      state = waiter.acceptors.find(
        (acceptor) =>
          acceptor.success === false || (acceptor.errorType !== undefined && acceptor.errorType === error.name),
      )?.state;
      if (state === undefined) throw error;
    }
    if (state === "success") return lastOutput;
    if (state === "failure") {
      throw new WaiterError(`${waiter.name}: the resource is in a state that rules out the one waited for`, {
        state: "failure",
        lastOutput,
        cause: lastError,
      });
    }
    const pause = delay(attempt, minDelay, maxDelay, (end - performance.now()) / 1000);
    if (pause === undefined) {
      throw new WaiterError(`${waiter.name}: not there after ${maxWaitTime} s (${attempt} calls)`, {
        state: "timeout",
        lastOutput,
        cause: lastError,
      });
    }
    await sleep(pause * 1000, callOptions.signal);
  }
}

/** Seconds to the next call, exponential with jitter; undefined where no time is left for one. */
function delay(attempt: number, minDelay: number, maxDelay: number, left: number): number | undefined {
  const ceiling = Math.min(maxDelay, minDelay * 2 ** Math.min(attempt - 1, 30));
  const pause = minDelay + Math.random() * (ceiling - minDelay);
  if (left <= minDelay) return undefined;
  return Math.min(pause, left - minDelay);
}
