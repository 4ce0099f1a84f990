import type { CallOptions, CallSettings, ClientOptions } from "../config/options.js";
import { checkCredentials } from "../credentials/check.js";
import { normalizeEndpoint } from "../endpoints/url.js";
import type { Service } from "../schema/service.js";
import { checkOptions, refuseUnknownOptions } from "./check-options.js";
import { callOptionRules, clientOptionRules } from "./option-rules.js";

const defaults: CallSettings = {
  limits: {
    connectTimeout: 10_000,
    headersTimeout: 300_000,
    bodyTimeout: 60_000,
    firstEventTimeout: 0,
    eventTimeout: 0,
  },
  deadline: undefined,
  rules: { min: true },
  maxAttempts: undefined,
};

/** Settings of one call: its own options, else the client's. */
export function callSettings(client: CallSettings, options: CallOptions | undefined, operation: string): CallSettings {
  if (options === undefined) return client;
  const owner = `A call of ${operation}`;
  refuseUnknownOptions(options, Object.keys(callOptionRules), owner, clientOptionRules, "the client");
  checkOptions(options, callOptionRules);
  return overlay(client, options);
}

function overlay({ limits, deadline, rules, maxAttempts }: CallSettings, options: CallOptions): CallSettings {
  const { validation } = options;
  return {
    limits: overlayLimits(limits, options),
    deadline: options.deadline ?? deadline,
    rules: validation === undefined ? rules : validation === true ? defaults.rules : validation || undefined,
    maxAttempts: options.maxAttempts ?? maxAttempts,
  };
}

function overlayLimits(limits: CallSettings["limits"], options: CallOptions): CallSettings["limits"] {
  const copy = { ...limits };
  for (const name of Object.keys(copy) as (keyof typeof copy)[]) copy[name] = options[name] ?? copy[name];
  return copy;
}

/** The options of a client after the check. */
export interface ClientSetup {
  readonly service: Service;
  /** A copy; its endpoint is a URL. */
  readonly options: ClientOptions;
  readonly settings: CallSettings;
}

/**
 * Checks a client's options, as far as possible without any lookup, so that a mistake is reported at its origin.
 *
 * @throws TypeError for an unknown option
 * @throws ConfigurationError for an invalid value
 */
export function setUp(service: Service, options: ClientOptions): ClientSetup {
  const known = [
    ...Object.keys(clientOptionRules),
    ...Object.keys(service.endpointOptions?.options ?? {}),
    ...(service.authOptions ?? []),
  ];
  refuseUnknownOptions(options, known, `${service.name}Client`);
  checkOptions(options, clientOptionRules);
  const { credentials, endpoint } = options;
  if (credentials !== undefined && typeof credentials !== "function") {
    checkCredentials(credentials, "The client's option credentials");
  }
  const copy = endpoint === undefined ? { ...options } : { ...options, endpoint: normalizeEndpoint(endpoint) };
  return { service, options: copy, settings: overlay(defaults, options) };
}
