import { isAnyObject } from "../text/any-object.js";
import type { CallOptions, PlainClientOptions, ValidationOptions } from "../config/options.js";
import type { Hooks } from "../observe/hooks.js";
import { isRetryMode, retryModes } from "../retry/modes.js";
import type { OptionRule } from "./check-options.js";

const isFunction = (value: unknown): boolean => typeof value === "function";
const isBoolean = (value: unknown): boolean => typeof value === "boolean";
export const isNumberFrom = (min: number, value: unknown): boolean => typeof value === "number" && value >= min;

const withFunctions = (...names: readonly [string, string]): OptionRule => [
  `an object with the functions ${names.join(" and ")}`,
  (value) => names.every((name) => isFunction((value as Readonly<Record<string, unknown>> | null)?.[name])),
];

export const flag: OptionRule = ["true or false", isBoolean];
const count: OptionRule = ["a whole number from 1", (value) => Number.isInteger(value) && Number(value) > 0];
const milliseconds: OptionRule = ["a number of milliseconds from 0", (value) => isNumberFrom(0, value)];
const bytes: OptionRule = ["a number of bytes from 0", (value) => isNumberFrom(0, value)];
const callback: OptionRule = ["a function", isFunction];

const validation: Readonly<Record<keyof ValidationOptions, OptionRule>> = {
  min: flag,
  max: flag,
  pattern: flag,
  enum: flag,
};

const hooks: Readonly<Record<keyof Hooks, OptionRule>> = {
  onRequest: callback,
  onSigned: callback,
  onResponse: callback,
  onRetry: callback,
  onComplete: callback,
};

const shared = {
  maxAttempts: count,
  validation: ["true, false or an object", (value) => isBoolean(value) || isAnyObject(value), validation],
  connectTimeout: milliseconds,
  headersTimeout: milliseconds,
  bodyTimeout: milliseconds,
  firstEventTimeout: milliseconds,
  eventTimeout: milliseconds,
  deadline: milliseconds,
} satisfies Partial<Record<keyof CallOptions & keyof PlainClientOptions, OptionRule>>;

/** Class-independent, because the signal may come from another realm or bundle. */
function isSignal(value: unknown): boolean {
  const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
  return isBoolean(aborted) && isFunction(addEventListener);
}

/** Options of a call. */
export const callOptionRules: Readonly<Record<keyof CallOptions, OptionRule>> = {
  ...shared,
  signal: ["an AbortSignal", isSignal],
};

/** Options of every client; options of one service are added to these. */
export const plainOptionRules: Readonly<Record<keyof PlainClientOptions, OptionRule | undefined>> = {
  endpoint: undefined,
  retryMode: [Object.keys(retryModes).join(" or "), isRetryMode],
  logger: withFunctions("info", "debug"),
  hooks: ["an object", isAnyObject, hooks],
  disableRequestCompression: flag,
  requestMinCompressionSizeBytes: bytes,
  maxConnections: count,
  proxy: undefined,
  maxResponseSize: bytes,
  dispatcher: undefined,
  transport: withFunctions("send", "close"),
  ...shared,
};
