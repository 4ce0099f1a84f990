import { explainCall } from "../call/explain.js";
import type { CallingClient } from "../call/invoke.js";
import { type StartedCall, prepare } from "../call/prepare.js";
import type { CallOptions } from "../config/options.js";
import { isClientsmithError } from "../errors/base.js";
import type { Attempt } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import { newRetryState } from "../retry/state.js";
import { prepareInput } from "../schema/input.js";
import type { Operation } from "../schema/service.js";
import { abortError, boundCall } from "../signals/deadline.js";
import { noInput } from "../validate/input-error.js";

/** The options of a call that concern a request which others send. */
export type PreparationOptions = Pick<CallOptions, "deadline" | "signal" | "validation">;

export const preparationOptionNames: readonly string[] = ["deadline", "signal", "validation"];

/**
 * Runs the stages of a call up to its attempts, then `finish` once, instead of an attempt. Hooks and the logger do not
 * see it, because it is no call.
 */
export async function prepareOnly(
  caller: CallingClient,
  operation: Operation,
  input: object,
  options: PreparationOptions,
  finish: Attempt,
): Promise<object> {
  if (typeof (caller as CallingClient | undefined)?.service !== "string") {
    throw new TypeError(
      "The first argument must be a client, the second an operation such as getObject$, the third its input",
    );
  }
  const { context: client } = caller;
  const startedAt = performance.now();
  for (const feature of featuresOf(operation)) feature.begin?.(input);
  const settings = client.settingsFor(options, operation);
  const bounds = boundCall(options.signal, settings.deadline);
  const state = newRetryState();
  const started: StartedCall = {
    client,
    operation,
    settings,
    signal: bounds.signal,
    bodySignal: options.signal,
    state,
    observer: undefined,
    isPresigned: true,
    context: undefined,
  };
  try {
    if (bounds.signal?.aborted) throw abortError(bounds.signal, "before it started");
    if (Object.prototype.toString.call(input) !== "[object Object]") throw noInput(operation.input, input);
    const { context, send } = await prepare(started, prepareInput(operation.input, input), finish);
    return await send(context);
  } catch (error) {
    if (isClientsmithError(error)) {
      error.operation = operation.name;
      explainCall(error, { service: client.service, operation, state, startedAt }, started.context);
    }
    throw error;
  } finally {
    bounds.release();
  }
}
