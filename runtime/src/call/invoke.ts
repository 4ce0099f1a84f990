import type { CallOptions } from "../config/options.js";
import { isClientsmithError, type MetadataBearer } from "../errors/base.js";
import type { ClientContext } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import { haveSubscribers } from "../observe/channels.js";
import { newRetryState } from "../retry/state.js";
import { prepareInput } from "../schema/input.js";
import type { Operation } from "../schema/service.js";
import { abortError, boundCall } from "../signals/deadline.js";
import { execute } from "./execute.js";
import { unlessUnloadable } from "./load.js";
import { closedClient, noClientError } from "./no-client.js";
import type { EndedCall, logCall } from "./log.js";
import type { StartedCall } from "./prepare.js";

/** What `invoke` needs from a client. */
export interface CallingClient {
  /** Name of the service. */
  readonly service: string;
  readonly context: ClientContext;
}

/** Makes one call: from an input to an output or a typed error. */
export async function invoke<Input extends object, Output extends object>(
  client: CallingClient,
  operation: Operation<Input, Output>,
  input: Input,
  options?: CallOptions,
): Promise<Output & MetadataBearer> {
  // In JavaScript the client is easily forgotten: `getTrail({ Name })`.
  if (typeof (client as CallingClient | undefined)?.service !== "string") throw noClientError(client, operation.name);
  const { context } = client;
  return invokeWith(context, operation, input, options, !context.calls.closing) as Promise<Output & MetadataBearer>;
}

/**
 * As {@link invoke}, for a client's context. Contains what belongs to no stage of the call: settings, limits,
 * observers, the logger, the explanation of an error.
 *
 * @param isAdmitted false for a call that starts after the client was closed
 */
export async function invokeWith(
  client: ClientContext,
  operation: Operation,
  input: object,
  options?: CallOptions,
  isAdmitted = true,
): Promise<object> {
  const startedAt = performance.now();
  for (const feature of featuresOf(operation)) feature.begin?.(input);
  const settings = client.settingsFor(options, operation);
  // A copy, so that later changes by the caller have no effect.
  const isInput = Object.prototype.toString.call(input) === "[object Object]";
  const prepared = isInput ? prepareInput(operation.input, input) : input;
  const bounds = boundCall(options?.signal, settings.deadline);
  const { signal } = bounds;
  const {
    service,
    options: { logger, hooks },
    calls,
  } = client;
  const state = newRetryState();
  const call = { service, operation, input, state, startedAt };
  let started: StartedCall | undefined;
  calls.running++;
  try {
    if (!isAdmitted) throw closedClient(service.name);
    const Observer = hooks || haveSubscribers() ? (await import("../observe/observer.js")).CallObserver : undefined;
    const observer = Observer && new Observer(hooks, service.name, operation.name, state);
    started = { client, operation, settings, signal, bodySignal: options?.signal, state, observer, context: undefined };
    if (signal?.aborted) throw abortError(signal, "before it started");
    if (!isInput) throw (await import("../validate/input-error.js")).noInput(operation.input, input);
    const output = await execute(started, prepared, bounds);
    if (logger) await logEnd(logger, { ...call, output });
    observer?.completed(performance.now() - startedAt, undefined);
    return output;
  } catch (error) {
    if (isClientsmithError(error)) {
      error.operation = operation.name;
      error.attempts = state.sent;
      (await unlessUnloadable(import("./explain.js")))?.explainCall(error, call, started?.context);
    }
    started?.observer?.completed(performance.now() - startedAt, error);
    if (logger) await logEnd(logger, { ...call, error });
    throw error;
  } finally {
    bounds.release();
    calls.running--;
    if (calls.running === 0) calls.onIdle?.();
  }
}

/** Loaded at the end of the first call with a logger. */
let log: typeof logCall | undefined;

async function logEnd(logger: Parameters<typeof logCall>[0], call: EndedCall): Promise<void> {
  log ??= (await unlessUnloadable(import("./log.js")))?.logCall;
  log?.(logger, call);
}
