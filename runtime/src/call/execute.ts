import { retryModes } from "../retry/modes.js";
import type { CallBounds } from "../signals/deadline.js";
import { attempt } from "./attempt.js";
import { unlessUnloadable } from "./load.js";
import { type StartedCall, prepare } from "./prepare.js";

/** The stages of a call: prepare the request, then make attempts, until one succeeds or there is no reason for another. */
export async function execute(started: StartedCall, given: object, bounds: CallBounds): Promise<object> {
  const { context, config, send } = await prepare(started, given, attempt);
  const { client, state, signal, maxAttempts } = context;
  const mode = retryModes[config.retryMode];
  if (mode.pacesFirstAttempt) await (client.retries ??= await mode.load()).acquire?.(signal);
  state.attempts = 1;
  let output: object;
  try {
    output = await send(context);
  } catch (error) {
    const retryAfter = (await unlessUnloadable(import("./retry.js")))?.retryAfter;
    const retries = (client.retries ??= await unlessUnloadable(mode.load()));
    if (!retryAfter || !retries) throw error;
    const facts = {
      maxAttempts,
      transientBase: client.service.retry?.transientBase,
      longPoll: started.operation.longPoll,
    };
    return retryAfter(error, context, bounds, send, retries.policy(facts));
  }
  client.retries?.succeeded();
  return output;
}
