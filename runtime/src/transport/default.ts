import { AdaptiveTransport } from "./adaptive.js";
import { LazyTransport } from "./lazy.js";
import { loadUndici } from "./load-undici.js";
import { proxySetting } from "./proxy-settings.js";
import type { Transport } from "../schema/http.js";
import { checkUndiciOptions } from "./undici/options.js";
import type { UndiciTransportOptions } from "./undici/transport.js";

/**
 * The transport of a client without the option `transport`: undici if a dispatcher or a proxy needs it, else
 * `node:http`, which undici replaces in a process that makes many requests.
 *
 * @throws ConfigurationError for an invalid dispatcher or proxy
 */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  checkUndiciOptions(options);
  if (!options.dispatcher && !proxySetting(options.proxy)) return new AdaptiveTransport(options);
  return new LazyTransport(async () => (await loadUndici()).createUndiciTransport(options));
}
