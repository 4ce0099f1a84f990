import { callOptionNames, clientOptionNames } from "./client-options.js";
import type { CallOptions, ClientOptions, TimeLimitOptions, ValidationOptions } from "./client.js";
import { checkNested, checkOption, refuseUnknownOptions } from "./options.js";
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
