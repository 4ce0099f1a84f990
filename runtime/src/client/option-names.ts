import { isRetryMode, retryModes } from "../retry/modes.js";
import type { CallOptions, ClientOptions } from "../config/options.js";
import type { Hooks } from "../observe/hooks.js";
import { checkNested, checkOption } from "./check-options.js";

/** Options that a client and a call both have. */
const sharedOptionNames: readonly (keyof CallOptions & keyof ClientOptions)[] = [
  "maxAttempts",
  "validation",
  "connectTimeout",
  "headersTimeout",
  "bodyTimeout",
  "deadline",
];

export const callOptionNames: ReadonlySet<keyof CallOptions> = new Set<keyof CallOptions>([
  ...sharedOptionNames,
  "signal",
]);

export const clientOptionNames: ReadonlySet<string> = new Set<keyof ClientOptions>([
  "region",
  "credentials",
  "endpoint",
  "useFipsEndpoint",
  "useDualstackEndpoint",
  "retryMode",
  "logger",
  "hooks",
  "systemClockOffset",
  "disableRequestCompression",
  "requestMinCompressionSizeBytes",
  "maxConnections",
  "proxy",
  "maxResponseSize",
  "dispatcher",
  "transport",
  ...sharedOptionNames,
]);

const hookNames: ReadonlySet<string> = new Set<keyof Hooks>([
  "onRequest",
  "onSigned",
  "onResponse",
  "onRetry",
  "onComplete",
]);

const isNumberFrom = (least: number) => (value: unknown) => typeof value === "number" && value >= least;
const isFunction = (value: unknown): boolean => typeof value === "function";
const has =
  (...methods: readonly string[]) =>
  (value: unknown): boolean =>
    methods.every((name) => isFunction((value as Readonly<Record<string, unknown>> | null)?.[name]));

/** The values of options that only clients have. @throws ConfigurationError for one that would fail in a later call, or do nothing */
export function checkClientOptions(options: ClientOptions): void {
  for (const name of ["useFipsEndpoint", "useDualstackEndpoint", "disableRequestCompression"]) {
    checkOption(options, name, "true or false", (value) => typeof value === "boolean");
  }
  checkOption(options, "retryMode", Object.keys(retryModes).join(" or "), isRetryMode);
  checkOption(
    options,
    "maxConnections",
    "a whole number from 1",
    (value) => Number.isInteger(value) && Number(value) > 0,
  );
  for (const name of ["maxResponseSize", "requestMinCompressionSizeBytes"]) {
    checkOption(options, name, "a number of bytes from 0", isNumberFrom(0));
  }
  const isOffset = (value: unknown): boolean => isNumberFrom(-1e14)(value) && Number(value) <= 1e14;
  checkOption(options, "systemClockOffset", "a number of milliseconds", isOffset);
  checkOption(options, "logger", "an object with the functions info and debug", has("info", "debug"));
  checkOption(options, "transport", "an object with the functions send and close", has("send", "close"));
  checkOption(options, "hooks", "an object", (value) => typeof value === "object" && value);
  checkNested("hooks", options.hooks, hookNames, "a function", isFunction);
}
