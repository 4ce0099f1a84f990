import type { Transport } from "../types.js";
import { FetchTransport, type FetchTransportOptions } from "./transport.js";

export type { FetchTransportOptions } from "./transport.js";

/**
 * Sends with the platform's `fetch`: in browsers and workers, and wherever undici is not wanted. `fetch` does not report when
 * it is connected, so `headersTimeout` counts from the start and `connectTimeout` has no meaning.
 */
export function createFetchTransport(options: FetchTransportOptions = {}): Transport {
  return new FetchTransport(options);
}
