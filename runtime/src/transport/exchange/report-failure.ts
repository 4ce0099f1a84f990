import { type ExchangeFailure, limitOf } from "./phases.js";

/** Passes on the error for a failed exchange, once the code with its message is loaded. */
export function reportFailure(failure: ExchangeFailure, report: (error: Error) => void): void {
  import("./failure.js").then(
    ({ exchangeError }) => report(exchangeError(failure)),
    (unloaded) => report(unnamedFailure(failure, unloaded)),
  );
}

/**
 * The failure itself, if the code with its message cannot be loaded: a process without free file handles can neither
 * connect nor load a module.
 */
function unnamedFailure({ request, phase, why }: ExchangeFailure, unloaded: unknown): Error {
  const what = "limit" in why ? `${limitOf[phase]} of ${why.limit} ms passed` : String(why.error);
  const message = `${request.method} ${request.origin} failed (${phase}): ${what}. The explanation could not be loaded: ${String(unloaded)}`;
  return new Error(message, { cause: "error" in why ? why.error : unloaded });
}
