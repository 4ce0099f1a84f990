import { listenForAbort } from "./abort.js";
import { abortError } from "./deadline.js";

export const waitingForCredentials = "while waiting for credentials";

/**
 * Waits for a promise that cannot be cancelled, but no longer than until the signal is aborted.
 *
 * @param when what the wait is for, as `abortError` wants it
 */
export function within<T>(promise: Promise<T>, signal: AbortSignal | undefined, when?: string): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const registration = listenForAbort(signal, { onAbort: () => reject(abortError(signal, when)) });
    // Settles for nobody once the signal was aborted, and then fails for nobody either.
    void promise.then(resolve, reject).finally(() => registration.end());
    if (signal.aborted) reject(abortError(signal, when));
  });
}
