import { listenForAbort, maxTimer } from "./abort.js";
import { abortError } from "./deadline.js";

/**
 * Waits `delay` milliseconds. If the signal is aborted, rejects at once with its `AbortedError` (or the deadline's
 * `TimeoutError`).
 *
 * @param when the purpose of the wait, for `abortError`
 */
export function sleep(delay: number, signal?: AbortSignal, when?: string): Promise<void> {
  if (signal?.aborted) return Promise.reject(abortError(signal, when));
  return new Promise((resolve, reject) => {
    const onAbort = (aborted: AbortSignal): void => {
      clearTimeout(timer);
      reject(abortError(aborted, when));
    };
    const registration = signal && listenForAbort(signal, { onAbort });
    const onTimer = (): void => {
      registration?.end();
      resolve();
    };
    const timer = setTimeout(onTimer, Math.min(delay, maxTimer));
  });
}
