import { abortError } from "./deadline.js";

/** Waits for a promise that cannot be cancelled, but no longer than until the signal is aborted. */
export async function within<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  if (signal.aborted) {
    // Nobody waits for the promise any more, so a later failure of it is nobody's either.
    promise.catch(() => {});
    throw abortError(signal);
  }
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(abortError(signal));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
