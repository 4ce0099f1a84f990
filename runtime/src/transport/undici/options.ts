import { ConfigurationError } from "../../errors/client.js";
import { parseProxyUrl } from "../proxy-settings.js";

/** The options of the undici transport that can be invalid. */
export interface CheckedOptions {
  readonly dispatcher?: { readonly dispatch?: unknown } | undefined;
  readonly proxy?: string | URL | false | undefined;
}

/** @throws ConfigurationError for an invalid dispatcher or proxy */
export function checkUndiciOptions({ dispatcher, proxy }: CheckedOptions): void {
  if (dispatcher !== undefined && typeof dispatcher.dispatch !== "function") {
    throw new ConfigurationError("The option dispatcher must be a dispatcher of undici 7 or later.");
  }
  if (proxy === undefined || proxy === false) return;
  if (!parseProxyUrl(String(proxy))) {
    throw new ConfigurationError("The option proxy must be a URL such as http://proxy.example:8080, or false.");
  }
}
