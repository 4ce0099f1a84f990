import type { CallOptions, Client } from "./client.js";
import type { MetadataBearer } from "./errors/base.js";
import type { invoke as invokeLoaded } from "./invoke.js";
import type { Operation } from "./schema/operation.js";

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
  if (loaded) return loaded(client, operation, input, options);
  // What the caller does to the input from now on is none of this call's business.
  return loadAndInvoke(client, operation, { ...input }, options);
}

async function loadAndInvoke<Input extends object, Output extends object>(
  ...call: [client: Client, operation: Operation<Input, Output>, input: Input, options?: CallOptions]
): Promise<Output & MetadataBearer> {
  ({ invoke: loaded } = await import("./invoke.js"));
  return loaded(...call);
}
