import type { Transport } from "../../schema/http.js";
import { provideOwnStreams } from "./own-streams.js";
import { FetchTransport, type FetchTransportOptions } from "./transport.js";

export type { FetchTransportOptions } from "./transport.js";

/**
 * Sends with the platform's `fetch`: in browsers and workers, and wherever undici is not used. `fetch` does not report
 * when it is connected, so `headersTimeout` starts with the attempt and `connectTimeout` has no effect.
 */
export function createFetchTransport(options: FetchTransportOptions = {}): Transport {
  provideOwnStreams();
  return new FetchTransport(options);
}
