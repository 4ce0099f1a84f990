import { listenForAbort } from "./abort.js";
import { abortError } from "./deadline.js";
import { longestTimer } from "./timers.js";

/**
 * Waits `delay` milliseconds, or until the signal is aborted: then it fails at once, with the signal's `AbortedError`
 * (or the deadline's `TimeoutError`).
 */
export function sleep(delay: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const onAbort = (aborted: AbortSignal): void => {
      clearTimeout(timer);
      reject(abortError(aborted));
    };
    const registration = signal && listenForAbort(signal, { onAbort });
    const onTimer = (): void => {
      registration?.end();
      resolve();
    };
    const timer = setTimeout(onTimer, Math.min(delay, longestTimer));
  });
}
