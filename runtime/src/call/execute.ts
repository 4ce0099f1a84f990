import { isClientsmithError } from "../errors/base.js";
import type { Call, CallContext } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import { retryModes } from "../retry/modes.js";
import type { Operation, OperationCodec, ProtocolRequest } from "../schema/service.js";
import type { CallBounds } from "../signals/deadline.js";
import { within } from "../signals/within.js";
import { accepts } from "../validate/fast-path.js";
import { attempt } from "./attempt.js";
import { unlessUnloadable } from "./load.js";

/** A call before its operation is compiled, with what `explain()` reads of it later. */
export interface BegunCall extends Omit<Call, "codec"> {
  /** Undefined until the first attempt. */
  context: CallContext | undefined;
}

/**
 * The stages of a call: validate, serialize, resolve the endpoint, make attempts. Nothing is looked up or sent before
 * the input is valid. Everything else that an operation needs is a feature, which hooks into the stages.
 */
export async function execute(begun: BegunCall, given: object, bounds: CallBounds): Promise<object> {
  const { client, operation, settings, signal, bodySignal, state, observer } = begun;
  const features = featuresOf(operation);

  let input = given;
  if (settings.rules && !accepts(operation.input, input, settings.rules)) {
    const error = (await import("../validate/input-error.js")).invalidInput(operation.input, input, settings.rules);
    if (error) throw error;
  }
  const codec = client.codecOf(operation);
  const call: Call = { client, operation, codec, settings, signal, bodySignal, state, observer };
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
  const context: CallContext = { ...call, target, request, transport: client.transport, maxAttempts };
  begun.context = context;
  let send = attempt;
  for (const feature of features) if (feature.attempts) send = await feature.attempts(send, context, given);
  const mode = retryModes[config.retryMode];
  if (mode.pacesFirstAttempt) await (client.retries ??= await mode.load()).acquire?.(signal);
  state.attempts = 1;
  let output: object;
  try {
    output = await send(context);
  } catch (error) {
    const loaded = await unlessUnloadable(Promise.all([import("./retry.js"), client.retries ?? mode.load()]));
    if (!loaded) throw error;
    const [{ retryAfter }, strategy] = loaded;
    client.retries ??= strategy;
    return retryAfter(error, context, bounds, send, client.retries.policy(maxAttempts));
  }
  client.retries?.succeeded();
  return output;
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
