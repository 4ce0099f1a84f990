import { listenForAbort } from "./abort.js";
import { abortError } from "./deadline.js";

export const waitingForCredentials = "while waiting for credentials";

/**
 * Waits for a promise that cannot be cancelled, until the signal is aborted.
 *
 * @param when the purpose of the wait, for `abortError`
 */
export function within<T>(promise: Promise<T>, signal: AbortSignal | undefined, when?: string): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const registration = listenForAbort(signal, { onAbort: () => reject(abortError(signal, when)) });
    // After an abort the outcome is ignored; this also prevents an unhandled rejection.
    void promise.then(resolve, reject).finally(() => registration.end());
    if (signal.aborted) reject(abortError(signal, when));
  });
}
