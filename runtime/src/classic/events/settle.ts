import { nextTick } from "../../time/real-ticks.js";
import type { Done } from "./emitter.js";

/**
 * Runs a step of a request that may be asynchronous, and ends its listener.
 *
 * A promise settles in a later tick: what a later listener throws must reach the process, not the promise.
 *
 * @param take called with the value, before the listener ends
 */
export function settle<Value>(start: () => Value | Promise<Value>, take: (value: Value) => void, done: Done): void {
  const end = (value: Value): void => {
    try {
      take(value);
    } catch (error) {
      return done(error);
    }
    done();
  };
  let started: Value | Promise<Value>;
  try {
    started = start();
  } catch (error) {
    return done(error);
  }
  if (!(started instanceof Promise)) return end(started);
  started.then(
    (value) => nextTick(end, value),
    (error: unknown) => nextTick(done, error),
  );
}
