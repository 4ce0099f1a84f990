import { timingOf } from "../transport/exchange/phases.js";
import type { SigningCredentials } from "../signing/types.js";
import type { RequestBody } from "../streams/request-stream.js";
import type { ResponseTiming } from "../transport/types.js";

/** An attempt that was followed by another one. */
export interface FailedAttempt {
  readonly error: unknown;
  /** Of the attempt, and of the wait after it, in milliseconds. */
  readonly duration: number;
  readonly delay: number;
  /** `performance.now()` when it failed. */
  readonly endedAt: number;
  readonly timing: ResponseTiming | undefined;
}

/** How far the attempts of one call have come; the first is counted by the call, the others by the loop. */
export interface RetryState {
  /** Attempts begun, the running one included. */
  attempts: number;
  /** Requests handed to the transport: an attempt may end before it comes to that. */
  sent: number;
  /** Milliseconds waited between attempts. */
  totalRetryDelay: number;
  /** The date of the last attempt's signature, in milliseconds since 1970, and what it was signed with. */
  signedAt: number;
  /** What was added to this machine's clock for it, in milliseconds. */
  clockOffset: number;
  signedWith: SigningCredentials | undefined;
  /** `performance.now()` when the first attempt began. */
  begunAt: number;
  /** `performance.now()` when the last attempt began, and how its exchange over HTTP was spent. */
  attemptAt: number;
  timing: ResponseTiming | undefined;
  /** How the origin begins where a label in it is sensitive, and how it may be told. */
  hidden: readonly [start: string, told: string] | undefined;
  /** The attempts that were followed by another one. */
  readonly failed: FailedAttempt[];
  /** Whether a request that met a connection given up by the other side was sent again already. */
  replayed: boolean;
  /** The body of the request, where it is one in parts. */
  body: RequestBody | undefined;
  /** What the policy paid for the last retry. */
  retryCost: number | undefined;
  /**
   * Why the last error was not tried again. `bodyBegun`: the body can be read only once, and was; `deadline`: the wait would
   * have lasted beyond it.
   */
  stopped: "notRetryable" | "bodyBegun" | "maxAttempts" | "quota" | "deadline" | undefined;
}

/** The origin of a call's request, as it may be told. */
export function toldOrigin({ hidden }: RetryState, origin: string): string {
  return hidden ? origin.replace(...hidden) : origin;
}

export function newRetryState(): RetryState {
  return {
    attempts: 0,
    sent: 0,
    totalRetryDelay: 0,
    signedAt: 0,
    clockOffset: 0,
    signedWith: undefined,
    begunAt: 0,
    attemptAt: 0,
    timing: undefined,
    hidden: undefined,
    failed: [],
    replayed: false,
    body: undefined,
    retryCost: undefined,
    stopped: undefined,
  };
}

/** Notes a failed attempt that is followed by another one after `delay` milliseconds, and notifies the observer. */
export function noteFailure(
  { state, observer }: { readonly state: RetryState; readonly observer: RetryObserver | undefined },
  error: unknown,
  delay: number,
): void {
  const endedAt = performance.now();
  const timing = state.timing ?? (error instanceof Error ? timingOf(error) : undefined);
  state.failed.push({ error, duration: endedAt - state.attemptAt, delay, endedAt, timing });
  observer?.retries(error, delay);
}

interface RetryObserver {
  retries(error: unknown, delay: number): void;
}
