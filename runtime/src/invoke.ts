import { attempt, type Exchange } from "./attempt.js";
import { ended } from "./call.js";
import type { CallOptions, Client } from "./client.js";
import { isClientsmithError, type MetadataBearer } from "./errors/base.js";
import { coreOf } from "./core.js";
import type { EndedCall, logCall } from "./log.js";
import type { Logger } from "./observe/logger.js";
import type { ProtocolRequest } from "./protocols/protocol.js";
import { haveSubscribers } from "./observe/channels.js";
import type { CallObserver } from "./observe/observer.js";
import { newRetryState } from "./retry/state.js";
import { prepareInput } from "./schema/prepare.js";
import type { Operation } from "./schema/operation.js";
import { callSettings } from "./settings.js";
import { abortError, boundCall } from "./time/deadline.js";
import { within } from "./time/within.js";
import { isDiscovered } from "./target.js";
import { accepts } from "./validate/accept.js";

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
  const core = coreOf(client);
  const settings = callSettings(core.settings, options, operation.name);
  const bounds = boundCall(options?.signal, settings.deadline);
  const { signal } = bounds;
  const state = newRetryState();
  const {
    service,
    options: { logger, hooks },
  } = core;
  const call = { service, operation, input, state, startedAt: performance.now() };
  let observer: CallObserver | undefined;
  let exchange: Exchange | undefined;
  client.calls.running++;
  try {
    if (!isAdmitted) throw (await loadRefusals()).closedClient(service.name);
    if (hooks || haveSubscribers()) {
      const { CallObserver: Observer } = await import("./observe/observer.js");
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
    const compiled = core.codecOf(operation);
    const codec = compiled instanceof Promise ? await compiled : compiled;
    if (operation.regionalCopy) {
      const { withSourceUrl } = await import("./regional-copy.js");
      prepared = await withSourceUrl(core, operation, codec, prepared, { ...operation.regionalCopy, signal });
    }
    if (operation.streamedInput !== undefined) {
      const { prepareStream } = await import("./streams/prepare.js");
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
    if (operation.requestCompression?.includes("gzip") && !core.options.disableRequestCompression) {
      const { gzipBody } = await import("./protocols/compression.js");
      message = await gzipBody(message, core.options.requestMinCompressionSizeBytes);
    }
    if (operation.requestChecksum) {
      const { addChecksum } = await import("./checksums/request.js");
      message = await addChecksum(operation.requestChecksum, operation, prepared, message);
    }
    const found = core.config();
    const config =
      found instanceof Promise ? await within(found, signal, "while waiting for its configuration") : found;
    const asked = core.accountOf(operation, config, signal);
    const target = core.targetOf(operation, prepared, config, asked instanceof Promise ? await asked : asked);
    const { hostPrefix } = operation;
    const prefix =
      hostPrefix && (await import("./host-prefix.js")).fillHostPrefix(hostPrefix, operation, prepared, state);
    const addressed = target.address(message, prefix);
    const request = observer ? observer.built(addressed) : addressed;
    const { maxAttempts = config.maxAttempts } = settings;
    const bodySignal = options?.signal;
    exchange = { core, operation, codec, settings, target, request, signal, bodySignal, state, maxAttempts, observer };
    if (config.retryMode === "adaptive") {
      core.rateLimiter ??= new (await import("./retry/rate-limiter.js")).RateLimiter();
      await core.rateLimiter.acquire(signal);
    }
    let send = attempt;
    if (isDiscovered(operation, config)) {
      const { sendDiscovered } = await import("./discovery/send.js");
      send = await sendDiscovered(exchange, input, attempt, (inner, members) => invoke(client, inner, members));
    }
    let output: object;
    try {
      state.attempts = 1;
      output = await send(exchange);
      core.retryQuota?.give();
      core.rateLimiter?.update(false);
    } catch (error) {
      const retries = await unlessUnloadable(import("./retries.js"));
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
function loadRefusals(): Promise<typeof import("./validate/refuse.js")> {
  return import("./validate/refuse.js");
}
