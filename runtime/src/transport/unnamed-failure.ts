import type { ExchangeFailure } from "./failure.js";
import { limitOf } from "./when.js";

/**
 * The failure itself, where the words for it cannot be loaded: a process that may open no more files fails to connect
 * and to load for the same reason.
 */
export function unnamedFailure({ request, phase, why }: ExchangeFailure, unloaded: unknown): Error {
  const what = "limit" in why ? `${limitOf[phase]} of ${why.limit} ms passed` : String(why.error);
  const message = `${request.method} ${request.origin} failed (${phase}): ${what}. What that means could not be loaded: ${String(unloaded)}`;
  return new Error(message, { cause: "error" in why ? why.error : unloaded });
}
