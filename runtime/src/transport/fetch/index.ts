import { LazyTransport } from "../lazy.js";
import type { Transport } from "../types.js";

export interface FetchTransportOptions {
  /** Bytes that the body of a response may have, decompressed; 256 MiB where absent. A longer one fails the request. */
  readonly maxResponseSize?: number | undefined;
}

/**
 * Sends with the platform's `fetch`: in browsers and workers, and wherever else undici is not wanted. `fetch` does not
 * tell when it is connected, so `headersTimeout` counts from the start and `connectTimeout` has no meaning.
 */
export function createFetchTransport(options: FetchTransportOptions = {}): Transport {
  return new LazyTransport(async () => new (await import("./transport.js")).FetchTransport(options));
}
