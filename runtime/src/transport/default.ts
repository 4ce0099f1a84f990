import type { Transport } from "./types.js";
import { createUndiciTransport, type UndiciTransportOptions } from "./undici.js";

/** What a client sends with unless its option `transport` says otherwise. */
export function createDefaultTransport(options: UndiciTransportOptions): Transport {
  return createUndiciTransport(options);
}
