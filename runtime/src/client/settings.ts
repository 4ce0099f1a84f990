import type { CallOptions, CallSettings, PlainClientOptions } from "../config/options.js";
import { normalizeEndpoint } from "../endpoints/url.js";
import type { Service } from "../schema/service.js";
import { checkOptions, type OptionRules, rejectUnknownOptions } from "./check-options.js";
import { callOptionRules } from "./option-rules.js";

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
export function callSettings(
  { settings, rules }: Pick<ClientSetup, "settings" | "rules">,
  options: CallOptions | undefined,
  operation: string,
): CallSettings {
  if (options === undefined) return settings;
  const owner = `A call of ${operation}`;
  rejectUnknownOptions(options, Object.keys(callOptionRules), owner, rules, "the client");
  checkOptions(options, callOptionRules);
  return overlay(settings, options);
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
export interface ClientSetup<Options extends PlainClientOptions = PlainClientOptions> {
  readonly service: Service;
  /** A copy; its endpoint is a URL. */
  readonly options: Options;
  readonly settings: CallSettings;
  readonly rules: OptionRules;
}

/**
 * Checks a client's options, as far as possible without any lookup, so that a mistake is reported at its origin.
 *
 * @param rules the options that clients of this kind have
 * @throws TypeError for an unknown option
 * @throws ConfigurationError for an invalid value
 */
export function setUp<Options extends PlainClientOptions>(
  service: Service,
  options: Options,
  rules: OptionRules,
): ClientSetup<Options> {
  const known = [
    ...Object.keys(rules),
    ...Object.keys(service.endpointOptions?.options ?? {}),
    ...(service.authOptions ?? []),
  ];
  rejectUnknownOptions(options, known, `${service.name}Client`);
  checkOptions(options, rules);
  const { endpoint } = options;
  const copy = endpoint === undefined ? { ...options } : { ...options, endpoint: normalizeEndpoint(endpoint) };
  return { service, options: copy, settings: overlay(defaults, options), rules };
}
