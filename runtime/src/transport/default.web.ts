import { createFetchTransport } from "./fetch/index.js";
import type { Transport } from "../schema/http.js";
import { checkUndiciOptions } from "./undici/options.js";
import type { UndiciTransportOptions } from "./undici/transport.js";

/** `default.ts` for browsers and workers: their `fetch`. */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  checkUndiciOptions(options);
  return createFetchTransport({ maxResponseSize: options.maxResponseSize });
}
