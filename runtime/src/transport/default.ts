import { LazyTransport } from "./lazy.js";
import { proxySettings } from "./proxy-settings.js";
import type { Transport } from "./types.js";
import type { UndiciTransportOptions } from "./undici/transport.js";
import { checkUndiciOptions } from "./undici/options.js";

/**
 * What a client sends with unless its option `transport` says otherwise: undici where a dispatcher or a proxy wants it,
 * else `node:http` until it is worth to load undici. Either is loaded at the first request; who brings another transport
 * loads neither.
 *
 * @throws ConfigurationError for a dispatcher or proxy that is none
 */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  checkUndiciOptions(options);
  return new LazyTransport(async () => {
    if (options.dispatcher || proxySettings(options.proxy)) {
      return (await import("./undici/transport.js")).createUndiciTransport(options);
    }
    return new (await import("./adaptive.js")).AdaptiveTransport(options);
  });
}
