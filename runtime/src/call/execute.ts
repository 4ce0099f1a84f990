import { attempt } from "./attempt.js";
import type { CallContext } from "./context.js";
import { ended } from "./invoke.js";
import type { Client } from "../client/client.js";
import type { CallOptions } from "../client/options.js";
import { isClientsmithError, type MetadataBearer } from "../errors/base.js";
import { contextOf } from "../client/context.js";
import type { EndedCall, logCall } from "./log.js";
import type { Logger } from "../observe/logger.js";
import type { ProtocolRequest, Operation } from "../schema/service.js";
import { haveSubscribers } from "../observe/channels.js";
import type { CallObserver } from "../observe/observer.js";
import { newRetryState } from "../retry/state.js";
import { prepareInput } from "../schema/input.js";
import { callSettings } from "../client/settings.js";
import { abortError, boundCall } from "../signals/deadline.js";
import { within } from "../signals/within.js";
import { isDiscovered } from "../endpoints/resolve.js";
import { accepts } from "../validate/fast-path.js";

/** Loaded at the end of the first call that has a logger. */
let log: typeof logCall | undefined;

/**
 * One call, from input to output or typed error. Nothing is looked up or sent before the input is valid.
 *
 * @param isAdmitted false for a call that is begun once the client was closed; those made for another call go on
 */
export async function invoke<Input extends object, Output extends object>(
  client: Client,
  operation: Operation<Input, Output>,
  input: Input,
  options?: CallOptions,
  isAdmitted = true,
): Promise<Output & MetadataBearer> {
  const context = contextOf(client);
  const settings = callSettings(context.settings, options, operation.name);
  const bounds = boundCall(options?.signal, settings.deadline);
  const { signal } = bounds;
  const state = newRetryState();
  const {
    service,
    options: { logger, hooks },
  } = context;
  const call = { service, operation, input, state, startedAt: performance.now() };
  let observer: CallObserver | undefined;
  let exchange: CallContext | undefined;
  client.calls.running++;
  try {
    if (!isAdmitted) throw (await loadRefusals()).closedClient(service.name);
    if (hooks || haveSubscribers()) {
      const { CallObserver: Observer } = await import("../observe/observer.js");
      observer = new Observer(hooks, service.name, operation.name, state);
    }
    if (signal?.aborted) throw abortError(signal, "before it began");
    if (Object.prototype.toString.call(input) !== "[object Object]") {
      throw (await loadRefusals()).noInput(operation.input, input);
    }
    let prepared = prepareInput(operation.input, input);
    if (settings.rules && !accepts(operation.input, prepared, settings.rules)) {
      const refusal = (await loadRefusals()).invalidInput(operation.input, prepared, settings.rules);
      if (refusal) throw refusal;
    }
    const compiled = context.codecOf(operation);
    const codec = compiled instanceof Promise ? await compiled : compiled;
    if (operation.regionalCopy) {
      const { withSourceUrl } = await import("../features/presigned-copy.js");
      prepared = await withSourceUrl(context, operation, codec, prepared, { ...operation.regionalCopy, signal });
    }
    if (operation.streamedInput !== undefined) {
      const { prepareStream } = await import("../features/streaming-input.js");
      prepared = await prepareStream(operation.input, operation.streamedInput, prepared);
    }
    let message: ProtocolRequest;
    try {
      message = codec.serialize(prepared);
    } catch (error) {
      // What cannot be written, an invalid date say, gets this far only where validation is off.
      throw isClientsmithError(error) ? error : (await loadRefusals()).unwritableInput(operation.input, error);
    }
    state.body = message.stream;
    if (operation.requestCompression?.includes("gzip") && !context.options.disableRequestCompression) {
      const { gzipBody } = await import("../features/compression.js");
      message = await gzipBody(message, context.options.requestMinCompressionSizeBytes);
    }
    if (operation.requestChecksum) {
      const { addChecksum } = await import("../features/checksum.js");
      message = await addChecksum(operation.requestChecksum, operation, prepared, message);
    }
    const found = context.config();
    const config =
      found instanceof Promise ? await within(found, signal, "while waiting for its configuration") : found;
    const asked = context.accountOf(operation, config, signal);
    const target = context.targetOf(operation, prepared, config, asked instanceof Promise ? await asked : asked);
    const { hostPrefix } = operation;
    const prefix =
      hostPrefix && (await import("../features/host-prefix.js")).fillHostPrefix(hostPrefix, operation, prepared, state);
    const addressed = target.address(message, prefix);
    const request = observer ? observer.built(addressed) : addressed;
    const { maxAttempts = config.maxAttempts } = settings;
    const bodySignal = options?.signal;
    exchange = {
      client: context,
      operation,
      codec,
      settings,
      target,
      request,
      signal,
      bodySignal,
      state,
      maxAttempts,
      observer,
    };
    if (config.retryMode === "adaptive") {
      context.rateLimiter ??= new (await import("../retry/rate-limiter.js")).RateLimiter();
      await context.rateLimiter.acquire(signal);
    }
    let send = attempt;
    if (isDiscovered(operation, config)) {
      const { sendDiscovered } = await import("../features/endpoint-discovery.js");
      send = await sendDiscovered(exchange, input, attempt, (inner, members) => invoke(client, inner, members));
    }
    let output: object;
    try {
      state.attempts = 1;
      output = await send(exchange);
      context.retryQuota?.give();
      context.rateLimiter?.update(false);
    } catch (error) {
      const retries = await unlessUnloadable(import("../retry/run.js"));
      if (!retries) throw error;
      output = await retries.retryAfter(error, exchange, bounds, send);
    }
    if (logger) await logEnd(logger, { ...call, output });
    observer?.completed(performance.now() - call.startedAt, undefined);
    return output as Output & MetadataBearer;
  } catch (error) {
    if (isClientsmithError(error)) {
      error.operation = operation.name;
      error.attempts = state.sent;
      (await unlessUnloadable(import("./explain.js")))?.explainCall(error, call, exchange);
    }
    observer?.completed(performance.now() - call.startedAt, error);
    if (logger) await logEnd(logger, { ...call, error });
    throw error;
  } finally {
    bounds.release();
    ended(client.calls);
  }
}

async function logEnd(logger: Logger, call: EndedCall): Promise<void> {
  log ??= (await unlessUnloadable(import("./log.js")))?.logCall;
  log?.(logger, call);
}

/** What cannot be loaded, in a process that may open no more files say, must not hide the outcome that it is loaded for. */
async function unlessUnloadable<Module>(loading: Promise<Module>): Promise<Module | undefined> {
  try {
    return await loading;
  } catch {
    return undefined;
  }
}

/** Loaded by the first call whose input is refused. */
function loadRefusals(): Promise<typeof import("../validate/messages.js")> {
  return import("../validate/messages.js");
}
