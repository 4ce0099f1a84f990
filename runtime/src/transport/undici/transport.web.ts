import { ConfigurationError } from "../../errors/client.js";
import type { Transport } from "../types.js";

/** `undici.ts` for browsers and workers, where it cannot be. */
export function createUndiciTransport(): Transport {
  throw new ConfigurationError("undici needs Node; here requests are sent with fetch, without any option.");
}
