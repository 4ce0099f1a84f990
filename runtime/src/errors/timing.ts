import type { ResponseTiming } from "../schema/http.js";

const timings = new WeakMap<Error, ResponseTiming>();

/** Records the timing of the exchange that failed with an error. */
export function withTiming<Failure extends Error>(error: Failure, timing: ResponseTiming): Failure {
  timings.set(error, timing);
  return error;
}

/** The timing of the exchange that failed with an error; undefined if the error is not that of an exchange. */
export function timingOf(error: Error): ResponseTiming | undefined {
  return timings.get(error);
}
