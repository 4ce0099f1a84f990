import type { ResponseTiming } from "./types.js";

const timings = new WeakMap<Error, ResponseTiming>();

/** Notes how the time of the exchange went that failed with an error. */
export function withTiming<Failure extends Error>(error: Failure, timing: ResponseTiming): Failure {
  timings.set(error, timing);
  return error;
}

/** How the time of the exchange went that failed with an error; undefined where no exchange did. */
export function timingOf(error: Error): ResponseTiming | undefined {
  return timings.get(error);
}
