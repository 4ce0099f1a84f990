import { listenForAbort } from "./abort.js";
import { abortError } from "./deadline.js";

/** Waits for a promise that cannot be cancelled, but no longer than until the signal is aborted. */
export function within<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const registration = listenForAbort(signal, { onAbort: () => reject(abortError(signal)) });
    // Settles for nobody once the signal was aborted, and then fails for nobody either.
    void promise.then(resolve, reject).finally(() => registration.end());
    if (signal.aborted) reject(abortError(signal));
  });
}
