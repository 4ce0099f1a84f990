import type { Exchange } from "../attempt.js";
import { timingOf } from "../transport/timing.js";

/** Notes an attempt that failed and is followed by another one, `delay` milliseconds later, and tells observers. */
export function noteFailure({ state, observer }: Exchange, error: unknown, delay: number): void {
  const endedAt = performance.now();
  const timing = state.timing ?? (error instanceof Error ? timingOf(error) : undefined);
  state.failed.push({ error, duration: endedAt - state.attemptAt, delay, endedAt, timing });
  observer?.retries(error, delay);
}
