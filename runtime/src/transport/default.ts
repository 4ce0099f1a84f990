import { DeferredTransport } from "./deferred.js";
import type { Transport } from "./types.js";
import type { UndiciTransportOptions } from "./undici.js";
import { checkUndiciOptions } from "./undici-options.js";

/**
 * What a client sends with unless its option `transport` says otherwise: undici, whose adapter is loaded with it, at the
 * first request. Who brings another transport loads neither.
 *
 * @throws ConfigurationError for a dispatcher or proxy that is none
 */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  checkUndiciOptions(options);
  return new DeferredTransport(async () => (await import("./undici.js")).createUndiciTransport(options));
}
