import type { CallOptions, ClientOptions, TimeLimitOptions, ValidationOptions } from "./client.js";
import { ConfigurationError } from "./errors/setup.js";
import { refuseUnknownOptions } from "./options.js";
import type { TimeLimits } from "./transport/types.js";
import type { ValidationRules } from "./validate/rules.js";

/** What a call goes by: its own options over the client's over the defaults. */
export interface CallSettings {
  readonly limits: TimeLimits;
  readonly deadline: number | undefined;
  /** Undefined where inputs are not checked. */
  readonly rules: ValidationRules | undefined;
  /** Undefined where the configuration decides. */
  readonly maxAttempts: number | undefined;
}

const defaults = { connectTimeout: 10_000, headersTimeout: 300_000, bodyTimeout: 60_000 } as const;

/** Options that a client and a call both have. */
export const sharedOptionNames: readonly (keyof CallOptions & keyof ClientOptions)[] = [
  "maxAttempts",
  "validation",
  "connectTimeout",
  "headersTimeout",
  "bodyTimeout",
  "deadline",
];

const callOptionNames: ReadonlySet<string> = new Set<keyof CallOptions>([...sharedOptionNames, "signal"]);

/** Settings of a client's calls, checked. */
export function clientSettings(options: ClientOptions): CallSettings {
  return overlay({ limits: defaults, deadline: undefined, rules: { min: true }, maxAttempts: undefined }, options);
}

/** Settings of one call; the client's where it has no options of its own. */
export function callSettings(client: CallSettings, options: CallOptions | undefined, operation: string): CallSettings {
  if (options === undefined) return client;
  refuseUnknownOptions(options, callOptionNames, `A call of ${operation}`);
  return overlay(client, options);
}

function overlay(base: CallSettings, options: CallOptions | ClientOptions): CallSettings {
  const { maxAttempts = base.maxAttempts } = options;
  if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && maxAttempts >= 1)) {
    throw new ConfigurationError(`maxAttempts must be a whole number from 1, but is ${maxAttempts}`);
  }
  return {
    limits: {
      connectTimeout: milliseconds(options, "connectTimeout") ?? base.limits.connectTimeout,
      headersTimeout: milliseconds(options, "headersTimeout") ?? base.limits.headersTimeout,
      bodyTimeout: milliseconds(options, "bodyTimeout") ?? base.limits.bodyTimeout,
    },
    deadline: milliseconds(options, "deadline") ?? base.deadline,
    rules: options.validation === undefined ? base.rules : rulesOf(options.validation),
    maxAttempts,
  };
}

function milliseconds(options: TimeLimitOptions, name: keyof TimeLimitOptions): number | undefined {
  const value = options[name];
  if (value !== undefined && !(value >= 0)) {
    throw new ConfigurationError(`${name} must be a number of milliseconds from 0, but is ${String(value)}`);
  }
  return value;
}

function rulesOf(validation: boolean | ValidationOptions): ValidationRules | undefined {
  if (validation === false) return undefined;
  return validation === true ? { min: true } : validation;
}
