import type { ClientOptions } from "./client.js";
import { checkClientOptions } from "./client-options.js";
import { checkCredentials } from "./credentials/check.js";
import { normalizeEndpoint } from "./endpoints/normalize.js";
import type { Service } from "./schema/operation.js";
import { type CallSettings, clientSettings } from "./settings.js";
import { checkUndiciOptions } from "./transport/undici-options.js";

/** What a client is made with. */
export interface ClientSetup {
  readonly service: Service;
  /** A copy; its endpoint is a URL. */
  readonly options: ClientOptions;
  readonly settings: CallSettings;
}

/**
 * Checks a client's options, all that can be checked without looking anything up: a mistake shows where it stands, not at
 * the first call.
 */
export function setUp(service: Service, options: ClientOptions): ClientSetup {
  checkClientOptions(options);
  const { credentials, endpoint, transport } = options;
  const settings = clientSettings(options);
  if (credentials !== undefined && typeof credentials !== "function") {
    checkCredentials(credentials, "The client's option credentials");
  }
  if (!transport) checkUndiciOptions(options);
  const copy = endpoint === undefined ? { ...options } : { ...options, endpoint: normalizeEndpoint(endpoint) };
  return { service, options: copy, settings };
}
