import { ConfigurationError } from "../errors/client.js";
import { AdaptiveTransport } from "./adaptive.js";
import { LazyTransport } from "./lazy.js";
import { isNotInstalled, loadUndici } from "./load-undici.js";
import { proxySetting } from "./proxy-settings.js";
import type { Transport } from "./types.js";
import { checkUndiciOptions } from "./undici/options.js";
import type { UndiciTransportOptions } from "./undici/transport.js";

/**
 * The transport of a client without the option `transport`: undici where a dispatcher or a proxy needs it, else `node:http`,
 * which undici replaces in a process that makes many requests.
 *
 * @throws ConfigurationError for an invalid dispatcher or proxy
 */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  checkUndiciOptions(options);
  if (!options.dispatcher && !proxySetting(options.proxy)) return new AdaptiveTransport(options);
  return new LazyTransport(async () => {
    try {
      return (await loadUndici()).createUndiciTransport(options);
    } catch (error) {
      throw isNotInstalled(error) ? undiciNeeded(options) : error;
    }
  });
}

function undiciNeeded({ dispatcher }: UndiciTransportOptions): ConfigurationError {
  const reason = dispatcher
    ? "The option dispatcher needs undici"
    : "A proxy (option proxy, HTTPS_PROXY or HTTP_PROXY) needs undici";
  return new ConfigurationError(
    `${reason}, which this program does not hold. Import createUndiciTransport from @clientsmith/runtime/transport/undici and give the client transport: createUndiciTransport(…).`,
  );
}
