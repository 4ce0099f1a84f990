import { ConfigurationError } from "../errors/client.js";
import { NodeHttpTransport } from "./node/transport.js";
import { proxySetting } from "./proxy-settings.js";
import type { Transport } from "../schema/http.js";
import type { UndiciTransportOptions } from "./undici/transport.js";

/**
 * `default.ts` in a bundle, which has no undici: `node:http`, and an error that explains how to add undici if it is
 * needed.
 */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  if (!options.dispatcher && !proxySetting(options.proxy)) return new NodeHttpTransport(options);
  const reason = options.dispatcher ? "The option dispatcher" : "A proxy (option proxy, HTTPS_PROXY or HTTP_PROXY)";
  return {
    send: () =>
      Promise.reject(
        new ConfigurationError(
          `${reason} needs undici. Set the client option transport: createUndiciTransport(…) of @clientsmith/runtime/transport/undici.`,
        ),
      ),
    close: () => Promise.resolve(),
  };
}
