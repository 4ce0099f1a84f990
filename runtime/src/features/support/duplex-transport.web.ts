import type { ClientOptions } from "../../config/options.js";
import { ConfigurationError } from "../../errors/client.js";
import type { Transport } from "../../schema/http.js";

/** `duplex-transport.ts` for browsers and workers: `fetch` returns no response before the request is sent. */
export function openDuplexTransport(_options: ClientOptions, operation: string): Transport {
  throw new ConfigurationError(
    `${operation} sends events while it receives others, which the fetch of browsers and workers cannot do. Call it from Node.js.`,
  );
}
