import { callOptionNames, clientOptionNames, checkClientOptions } from "./option-names.js";
import type {
  CallOptions,
  CallSettings,
  ClientOptions,
  TimeLimitOptions,
  ValidationOptions,
} from "../config/options.js";
import { checkNested, checkOption, refuseUnknownOptions } from "./check-options.js";
import type { ValidationRules } from "../validate/types.js";
import { checkCredentials } from "../credentials/check.js";
import { normalizeEndpoint } from "../endpoints/url.js";
import type { Service } from "../schema/service.js";
import { checkUndiciOptions } from "../transport/undici/options.js";

const defaults = { connectTimeout: 10_000, headersTimeout: 300_000, bodyTimeout: 60_000 } as const;

const ruleNames: ReadonlySet<string> = new Set<keyof ValidationOptions>(["min", "max", "pattern", "enum"]);

/** Settings of a client's calls, checked. */
export function clientSettings(options: ClientOptions): CallSettings {
  return overlay({ limits: defaults, deadline: undefined, rules: { min: true }, maxAttempts: undefined }, options);
}

/** Settings of one call; the client's where it has no options of its own. */
export function callSettings(client: CallSettings, options: CallOptions | undefined, operation: string): CallSettings {
  if (options === undefined) return client;
  refuseUnknownOptions(options, callOptionNames, `A call of ${operation}`, clientOptionNames, "the client");
  checkOption(options, "signal", "an AbortSignal", isSignal);
  return overlay(client, options);
}

/** By what is needed of it: a bundle or a test runner can have a class of its own. */
function isSignal(value: unknown): boolean {
  const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}

function overlay(base: CallSettings, options: CallOptions | ClientOptions): CallSettings {
  checkOption(options, "maxAttempts", "a whole number from 1", (value) => Number.isInteger(value) && Number(value) > 0);
  return {
    limits: {
      connectTimeout: milliseconds(options, "connectTimeout") ?? base.limits.connectTimeout,
      headersTimeout: milliseconds(options, "headersTimeout") ?? base.limits.headersTimeout,
      bodyTimeout: milliseconds(options, "bodyTimeout") ?? base.limits.bodyTimeout,
    },
    deadline: milliseconds(options, "deadline") ?? base.deadline,
    rules: options.validation === undefined ? base.rules : rulesOf(options.validation),
    maxAttempts: options.maxAttempts ?? base.maxAttempts,
  };
}

function milliseconds(options: TimeLimitOptions, name: keyof TimeLimitOptions): number | undefined {
  checkOption(options, name, "a number of milliseconds from 0", (value) => typeof value === "number" && value >= 0);
  return options[name];
}

const isBoolean = (value: unknown): boolean => typeof value === "boolean";

function rulesOf(validation: boolean | ValidationOptions): ValidationRules | undefined {
  if (validation === false) return undefined;
  if (validation === true) return { min: true };
  checkOption({ validation }, "validation", "true, false or an object", (value) => typeof value === "object" && value);
  checkNested("validation", validation, ruleNames, "true or false", isBoolean);
  return validation;
}

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
