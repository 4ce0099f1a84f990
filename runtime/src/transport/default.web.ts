import { ConfigurationError } from "../errors/setup.js";
import { createFetchTransport } from "./fetch.js";
import type { Transport } from "./types.js";
import type { UndiciTransportOptions } from "./undici.js";

/** `default.ts` for browsers and workers, which have no sockets: their `fetch`. */
export function createDefaultTransport({ dispatcher, proxy, maxResponseSize }: UndiciTransportOptions): Transport {
  if (dispatcher !== undefined || proxy) {
    throw new ConfigurationError(
      "The options dispatcher and proxy have no meaning here: requests are sent with fetch.",
    );
  }
  return createFetchTransport({ maxResponseSize });
}
