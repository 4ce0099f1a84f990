import { attempt } from "./attempt.js";
import type { CallOptions, Client } from "./client.js";
import { isClientsmithError, type MetadataBearer, ValidationError } from "./errors.js";
import type { logCall } from "./log.js";
import type { OperationCodec, ProtocolRequest } from "./protocols/protocol.js";
import { newRetryState, withRetries } from "./retry/loop.js";
import { fillIdempotencyTokens } from "./schema/idempotency.js";
import type { Operation } from "./schema/operation.js";
import { callSettings } from "./settings.js";
import { hostPrefixOf } from "./target.js";
import { abortError, boundCall } from "./time/deadline.js";
import { within } from "./time/within.js";
import { validate } from "./validate/validate.js";

/** Loaded by the first call of a client that has a logger. */
let startLog: typeof logCall | undefined;

/** One call, from input to output or typed error. Nothing is looked up or sent before the input is valid. */
export async function invoke<Input extends object, Output extends object>(
  client: Client,
  operation: Operation<Input, Output>,
  input: Input,
  options?: CallOptions,
): Promise<Output & MetadataBearer> {
  const { core } = client;
  const settings = callSettings(core.settings, options, operation.name);
  const { logger } = core.options;
  if (logger) startLog ??= (await import("./log.js")).logCall;
  const bounds = boundCall(options?.signal, settings.deadline);
  const { signal } = bounds;
  const state = newRetryState();
  const log = logger && startLog?.(logger, core.service, operation, input, state);
  try {
    if (signal?.aborted) throw abortError(signal);
    const prepared = fillIdempotencyTokens(operation.input, input);
    if (settings.rules) {
      const issues = validate(operation.input, prepared, settings.rules);
      if (issues.length > 0) throw new ValidationError(operation.input.name, issues);
    }
    const codec = core.codecOf(operation);
    let message = serialize(codec, operation, prepared);
    if (operation.requestCompression?.includes("gzip") && !core.options.disableRequestCompression) {
      const { gzipBody } = await import("./protocols/compression.js");
      message = await gzipBody(message, core.options.requestMinCompressionSizeBytes);
    }
    const found = core.config();
    const config = found instanceof Promise ? await within(found, signal) : found;
    const target = core.targetOf(operation, prepared, config);
    const request = target.address(message, hostPrefixOf(operation, prepared));
    const policy = core.retryPolicy(settings, config);
    const { maxAttempts } = policy;
    const exchange = { core, operation, codec, settings, target, request, signal, state, maxAttempts };
    const output = await withRetries(policy, () => attempt(exchange), state, { bounds });
    log?.(output);
    return output as Output & MetadataBearer;
  } catch (error) {
    if (isClientsmithError(error)) {
      error.operation = operation.name;
      error.attempts = state.attempts;
    }
    log?.(undefined, error);
    throw error;
  } finally {
    bounds.release();
  }
}

/** What cannot be written (an invalid date, say) gets this far only where validation is off; it is no other error for it. */
function serialize(codec: OperationCodec, operation: Operation, input: object): ProtocolRequest {
  try {
    return codec.serialize(input);
  } catch (error) {
    if (isClientsmithError(error)) throw error;
    const message = `cannot be sent: ${error instanceof Error ? error.message : String(error)}`;
    throw new ValidationError(operation.input.name, [{ path: [], rule: "type", message }], { cause: error });
  }
}
