import { createFetchTransport } from "./fetch/index.js";
import type { Transport } from "../schema/http.js";
import type { UndiciTransportOptions } from "./undici/transport.js";

/** `default.ts` for browsers and workers: their `fetch`. */
export function createDefaultTransport({ maxResponseSize }: UndiciTransportOptions): Transport {
  return createFetchTransport({ maxResponseSize });
}
