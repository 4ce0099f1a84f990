import type { Client } from "../client/client.js";
import type { CallOptions } from "../config/options.js";
import type { MetadataBearer } from "../errors/base.js";
import { TimeoutError, WaiterError, ConfigurationError } from "../errors/client.js";
import { isServiceError, type ServiceError } from "../errors/service.js";
import { sleep } from "../signals/sleep.js";

/** One acceptor of `smithy.waiters#waitable`, with its matcher compiled at generation. */
export interface Acceptor<Input, Output> {
  readonly state: "success" | "failure" | "retry";
  /** Matches an output. */
  readonly output?: (output: Output, input: Input) => boolean;
  /** Description of the condition of `output`. */
  readonly when?: string;
  /** Matches an error by name. */
  readonly errorType?: string;
  /** Matches an error by the response's status. */
  readonly status?: number;
  /** Matches every output (`true`) or every error (`false`). */
  readonly success?: boolean;
}

/** A waiter of the model. Delays are in seconds, as in the trait. */
export interface Waiter<Input, Output> {
  readonly name: string;
  /** In order; the first match decides. */
  readonly acceptors: readonly Acceptor<Input, Output>[];
  readonly minDelay: number;
  readonly maxDelay: number;
}

export interface WaiterOptions extends CallOptions {
  /** Max time to wait, in seconds, including the calls. */
  readonly maxWaitTime: number;
  /** Min and max delay between calls, in seconds; default: the model's. */
  readonly minDelay?: number | undefined;
  readonly maxDelay?: number | undefined;
}

/** The outcome of one call. */
type Attempt<Input, Output> =
  | { readonly output: Output; readonly accepted: Acceptor<Input, Output> | undefined }
  | { readonly error: ServiceError; readonly accepted: Acceptor<Input, Output> | undefined };

/**
 * Calls an operation until the desired state is reached, and returns the output of the last call. An error that matches
 * no acceptor ends the wait at once.
 *
 * `Result` is the output, or also undefined if an error can be the desired state; generated code declares which.
 *
 * @see https://smithy.io/2.0/additional-specs/waiters.html#waiter-workflow
 */
export async function waitUntil<
  C extends Client,
  Input extends object,
  Output extends object,
  Result extends Output | undefined = Output | undefined,
>(
  call: (client: C, input: Input, options?: CallOptions) => Promise<Output>,
  waiter: Waiter<Input, Output>,
  client: C,
  input: Input,
  options: WaiterOptions,
): Promise<Result> {
  const { maxWaitTime, minDelay, maxDelay, deadline = client.context.options.deadline, ...rest } = options;
  const pauses = pausesOf({ name: waiter.name, maxWaitTime, minDelay, maxDelay }, waiter);
  const end = performance.now() + maxWaitTime * 1000;
  // 0 means no deadline.
  const bound = deadline || Infinity;
  let last: Attempt<Input, Output> | undefined;

  for (let calls = 1; ; calls++) {
    const left = end - performance.now();
    try {
      // The deadline of each call ends with the wait.
      last = await attempt(call, waiter, client, input, { ...rest, deadline: Math.min(bound, Math.max(left, 1)) });
    } catch (error) {
      const isOver = error instanceof TimeoutError && error.phase === "deadline" && left < bound;
      if (!isOver) throw error;
      throw unmet(
        waiter,
        "timeout",
        `not reached after ${maxWaitTime} s (${counted(calls)}, the last one ended by maxWaitTime)`,
        last,
      );
    }
    const { accepted } = last;
    if (accepted?.state === "success") return ("output" in last ? last.output : undefined) as Result;
    if (accepted?.state === "failure") {
      throw unmet(waiter, "failure", `can no longer be reached (${counted(calls)})`, last);
    }
    const pause = delay(calls, pauses, (end - performance.now()) / 1000);
    if (pause === undefined) {
      throw unmet(waiter, "timeout", `not reached after ${maxWaitTime} s (${counted(calls)})`, last);
    }
    await sleep(pause * 1000, rest.signal);
  }
}

async function attempt<C extends Client, Input extends object, Output extends object>(
  call: (client: C, input: Input, options?: CallOptions) => Promise<Output>,
  { acceptors }: Waiter<Input, Output>,
  client: C,
  input: Input,
  options: CallOptions,
): Promise<Attempt<Input, Output>> {
  let output: Output;
  try {
    output = await call(client, input, options);
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const accepted = acceptors.find(
      ({ success, errorType, status }) =>
        success === false || errorType === error.name || (status !== undefined && status === error.status),
    );
    if (accepted === undefined) throw error;
    return { error, accepted };
  }
  return { output, accepted: acceptors.find((each) => each.success === true || each.output?.(output, input)) };
}

/** The error of a wait that ended before the desired state. */
function unmet<Input, Output>(
  { name }: Waiter<Input, Output>,
  state: WaiterError["state"],
  what: string,
  last: Attempt<Input, Output> | undefined,
): WaiterError {
  const reason = last && reasonOf(last);
  const error = new WaiterError(`${name}: ${what}${reason === undefined ? "" : `; last call: ${reason}`}`, {
    state,
    ...(reason !== undefined && { reason }),
    ...(last && ("error" in last ? { cause: last.error } : { lastOutput: last.output })),
  });
  const response = last && ("error" in last ? last.error : (last.output as Partial<MetadataBearer>));
  if (response?.$metadata) error.$metadata = response.$metadata;
  return error;
}

/** Describes the outcome of a call. Quotes nothing of the output but what the model itself contains. */
function reasonOf<Input, Output>(last: Attempt<Input, Output>): string {
  if ("error" in last) return `failed with ${last.error.name}`;
  return last.accepted?.when ?? `succeeded${last.accepted ? "" : ", and no acceptor matches"}`;
}

function counted(calls: number): string {
  return calls === 1 ? "1 call" : `${calls} calls`;
}

interface Pauses {
  readonly minDelay: number;
  readonly maxDelay: number;
}

/** The delays of the options or of the model, checked: an invalid delay would make a loop without pauses. */
function pausesOf(
  options: Pick<WaiterOptions, "maxWaitTime" | "minDelay" | "maxDelay"> & { readonly name: string },
  model: Pauses,
): Pauses {
  const maxDelay = options.maxDelay ?? Math.max(model.maxDelay, options.minDelay ?? 0);
  const minDelay = options.minDelay ?? Math.min(model.minDelay, maxDelay);
  for (const [name, seconds] of Object.entries({ maxWaitTime: options.maxWaitTime, minDelay, maxDelay })) {
    if (typeof seconds !== "number" || !(seconds > 0)) {
      throw new ConfigurationError(
        `${options.name}: ${name} must be a number of seconds above 0, but is ${String(seconds)}`,
      );
    }
  }
  if (minDelay > maxDelay) {
    throw new ConfigurationError(`${options.name}: minDelay (${minDelay} s) is above maxDelay (${maxDelay} s)`);
  }
  return { minDelay, maxDelay };
}

/**
 * Seconds until the next call, exponential with jitter; undefined if there is no time for one. The last delay is
 * shortened so that its call still has `minDelay` seconds.
 */
function delay(calls: number, { minDelay, maxDelay }: Pauses, left: number): number | undefined {
  if (left <= minDelay) return undefined;
  const ceiling = Math.min(maxDelay, minDelay * 2 ** (calls - 1));
  const pause = minDelay + Math.random() * (ceiling - minDelay);
  return Math.min(pause, left - minDelay);
}
