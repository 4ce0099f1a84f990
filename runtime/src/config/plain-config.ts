import type { OptionLookup, Service } from "../schema/service.js";
import type { ClientConfig } from "./client-config.js";
import type { PlainClientOptions } from "./options.js";

/** Nothing outside the code configures a client, except its proxy. */
const nowhere: OptionLookup = { find: () => undefined, boolean: () => undefined };

/** The configuration of a client of a service outside AWS: its options, then the defaults. */
export function plainConfig(
  options: PlainClientOptions,
  { endpointOptions, retry }: Pick<Service, "endpointOptions" | "retry">,
): ClientConfig {
  const { endpoint, maxAttempts = retry?.maxAttempts ?? 3, retryMode = "standard" } = options;
  return {
    endpoint: endpoint === undefined ? undefined : String(endpoint),
    maxAttempts,
    retryMode,
    endpointParameters: endpointOptions?.read(options, nowhere) ?? {},
  };
}
