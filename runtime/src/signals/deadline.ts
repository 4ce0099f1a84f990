import { AbortedError, TimeoutError } from "../errors/client.js";
import { type AbortListener, type AbortRegistration, listenForAbort, maxTimer } from "./abort.js";

/** The caller's signal and the deadline of a call, as one signal. */
export interface CallBounds {
  /** Aborted by either of them; undefined if there is neither. */
  readonly signal: AbortSignal | undefined;
  /** Milliseconds left before the deadline; `Infinity` without one. */
  remaining(): number;
  /** Removes the listener and the timer. Call it once the call has settled. */
  release(): void;
}

/** Reasons of the signals that a deadline aborted. */
const passedDeadlines = new WeakSet<object>();

/** The bounds of a call without a deadline: the caller's signal, or none. */
class SignalBounds implements CallBounds {
  readonly signal: AbortSignal | undefined;

  constructor(signal?: AbortSignal) {
    this.signal = signal;
  }

  remaining(): number {
    return Infinity;
  }

  release(): void {}
}

class DeadlineBounds implements CallBounds, AbortListener {
  readonly #controller = new AbortController();
  readonly #limit: number;
  readonly #end: number;
  readonly #abort: AbortRegistration | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal | undefined, limit: number) {
    this.#limit = limit;
    this.#end = performance.now() + limit;
    if (caller?.aborted) this.onAbort(caller);
    else {
      this.#timer = setTimeout(() => this.#pass(), limit);
      if (caller) this.#abort = listenForAbort(caller, this);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  remaining(): number {
    return this.#end - performance.now();
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#abort?.end();
  }

  onAbort(caller: AbortSignal): void {
    this.#controller.abort(caller.reason);
  }

  #pass(): void {
    const error = deadlineError(this.#limit, "");
    passedDeadlines.add(error);
    this.#controller.abort(error);
  }
}

const unbounded: CallBounds = new SignalBounds();

/**
 * Combines the caller's signal and the deadline of a call. No object is created for one that is missing.
 *
 * @param deadline milliseconds from now; undefined, 0 or a value beyond the max delay of a timer means no deadline
 */
export function boundCall(signal: AbortSignal | undefined, deadline: number | undefined): CallBounds {
  if (deadline && deadline <= maxTimer) return new DeadlineBounds(signal, deadline);
  return signal ? new SignalBounds(signal) : unbounded;
}

/**
 * The error of an aborted signal: a `TimeoutError` if a deadline expired, else an `AbortedError`.
 *
 * @param when the stage of the call, for the message: `while waiting for credentials`
 */
export function abortError(signal: AbortSignal, when?: string): AbortedError | TimeoutError {
  const reason: unknown = signal.reason;
  if (reason instanceof TimeoutError && passedDeadlines.has(reason)) {
    return when === undefined ? reason : deadlineError(reason.limit, ` and was ended ${when}`);
  }
  const why = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : "";
  const what = when === undefined ? "" : ` ${when}`;
  return new AbortedError(`The call was aborted${what}${why === "" ? "." : `: ${why}`}`, { cause: reason });
}

function deadlineError(limit: number, how: string): TimeoutError {
  const message = `The call did not finish within its deadline of ${limit} ms (deadline)${how}.`;
  return new TimeoutError(message, { phase: "deadline", limit });
}
