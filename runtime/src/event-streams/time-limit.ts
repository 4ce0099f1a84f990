import { maxTimer } from "../signals/abort.js";

/**
 * Waits for a promise, but not longer than a number of milliseconds; 0 means no limit. Data that arrived while the event
 * loop was blocked counts: it is read before the limit applies.
 */
export function withTimeLimit<T>(promise: Promise<T>, limit: number, late: () => Error): Promise<T> {
  if (limit <= 0) return promise;
  return new Promise((resolve, reject) => {
    let timer = setTimeout(
      () => {
        timer = setTimeout(() => reject(late()), 1);
      },
      Math.min(limit, maxTimer),
    );
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
