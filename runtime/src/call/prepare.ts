import type { ClientConfig } from "../config/client-config.js";
import { isClientsmithError } from "../errors/base.js";
import type { Attempt, Call, CallContext } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import type { Operation, OperationCodec, ProtocolRequest } from "../schema/service.js";
import { within } from "../signals/within.js";
import { accepts } from "../validate/fast-path.js";

/** A call before its operation is compiled, with what `explain()` reads of it later. */
export interface StartedCall extends Omit<Call, "codec"> {
  /** Undefined until the first attempt. */
  context: CallContext | undefined;
}

/** A call whose request is complete but for its signature. */
export interface PreparedCall {
  readonly context: CallContext;
  readonly config: ClientConfig;
  /** Makes one attempt, as the features of the operation have wrapped it. */
  readonly send: Attempt;
}

/**
 * The stages of a call before its attempts: validate, serialize, resolve the endpoint. Nothing is looked up or sent
 * before the input is valid. Everything else that an operation needs is a feature, which hooks into the stages.
 *
 * @param send makes one attempt
 */
export async function prepare(started: StartedCall, given: object, send: Attempt): Promise<PreparedCall> {
  const { client, operation, settings, signal, observer } = started;
  const features = featuresOf(operation);

  let input = given;
  if (settings.rules && !accepts(operation.input, input, settings.rules)) {
    const error = (await import("../validate/input-error.js")).invalidInput(operation.input, input, settings.rules);
    if (error) throw error;
  }
  const codec = client.codecOf(operation);
  // `Object.assign`: in V8, a spread with names takes ten times as long, here a twentieth of the call.
  const call: Call = Object.assign({ codec }, started);
  for (const feature of features) if (feature.input) input = await feature.input(input, call);

  const written = serialize(codec, input, call);
  let message = written instanceof Promise ? await written : written;
  for (const feature of features) if (feature.message) message = await feature.message(message, input, call);

  const found = client.config();
  const config = found instanceof Promise ? await within(found, signal, "while waiting for its configuration") : found;
  const account = client.accountOf(operation, config, signal);
  const target = client.targetOf(operation, input, config, account instanceof Promise ? await account : account);
  let addressed = target.address(message);
  for (const feature of features) addressed = feature.address?.(addressed, input, call, config) ?? addressed;
  const request = observer ? observer.built(addressed) : addressed;

  const { maxAttempts = config.maxAttempts } = settings;
  const { transport } = client;
  const context: CallContext = Object.assign({ input, target, request, transport, maxAttempts }, call);
  started.context = context;
  let wrapped = send;
  for (const feature of features) if (feature.attempts) wrapped = await feature.attempts(wrapped, context, given);
  return { context, config, send: wrapped };
}

/** Without validation an invalid value, such as an invalid date, fails here. */
function serialize(codec: OperationCodec, input: object, { operation }: Call): ProtocolRequest | Promise<never> {
  try {
    return codec.serialize(input);
  } catch (error) {
    if (isClientsmithError(error)) throw error;
    return unwritable(operation, error);
  }
}

async function unwritable({ input }: Operation, error: unknown): Promise<never> {
  throw (await import("../validate/input-error.js")).unwritableInput(input, error);
}
