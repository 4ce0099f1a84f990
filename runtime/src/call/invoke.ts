import type { Client } from "../client/client.js";
import type { CallOptions } from "../client/options.js";
import type { MetadataBearer } from "../errors/base.js";
import type { invoke as invokeLoaded } from "./execute.js";
import { noClientError } from "../client/check-options.js";
import type { Operation } from "../schema/service.js";

let loaded: typeof invokeLoaded | undefined;

/**
 * One call, from input to output or typed error. The code that makes calls is loaded by the first one: who imports a
 * client pays for its names only.
 */
export function invoke<Input extends object, Output extends object>(
  client: Client,
  operation: Operation<Input, Output>,
  input: Input,
  options?: CallOptions,
): Promise<Output & MetadataBearer> {
  // From JavaScript the client is easily forgotten: `getTrail({ Name })`.
  if (typeof (client as Client | undefined)?.service !== "string") {
    return Promise.reject(noClientError(client, operation.name));
  }
  const isAdmitted = !client.calls.closing;
  if (operation.streamedInput !== undefined) takeCharge(input, operation.streamedInput);
  if (loaded) return loaded(client, operation, input, options, isAdmitted);
  // What the caller does to the input from now on is none of this call's business.
  const copy = Object.prototype.toString.call(input) === "[object Object]" ? { ...input } : input;
  return loadAndInvoke(client, operation, copy, options, isAdmitted);
}

/** A stream of Node's may fail before the call has come to read it: with nobody who listens that ends the process. */
function takeCharge(input: object, member: string): void {
  const source = (input as Readonly<Record<string, Partial<NodeJS.ReadableStream> | undefined>> | undefined)?.[member];
  if (source?.pipe) source.on?.("error", () => {});
}

async function loadAndInvoke<Input extends object, Output extends object>(
  ...call: Parameters<typeof invokeLoaded<Input, Output>>
): Promise<Output & MetadataBearer> {
  const [{ calls }] = call;
  calls.running++;
  try {
    ({ invoke: loaded } = await import("./execute.js"));
    return await loaded(...call);
  } finally {
    ended(calls);
  }
}

/** A call is over. */
export function ended(calls: Client["calls"]): void {
  calls.running--;
  if (calls.running === 0) calls.onIdle?.();
}
