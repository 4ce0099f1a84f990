import { ConfigurationError } from "../../errors/client.js";
import type { CheckedOptions } from "./options.js";

/** `options.ts` for browsers and workers, which have no sockets: requests are sent with `fetch`. */
export function checkUndiciOptions({ dispatcher, proxy }: CheckedOptions): void {
  if (dispatcher !== undefined || proxy) {
    throw new ConfigurationError("The options dispatcher and proxy have no effect here: requests are sent with fetch.");
  }
}
