import type { ResponseMetadata } from "../errors/base.js";
import { timingOf } from "../errors/timing.js";
import type { SigningCredentials } from "../signing/types.js";
import type { RequestBody, ResponseTiming } from "../schema/http.js";

/** An attempt that was followed by another one. */
export interface FailedAttempt {
  readonly error: unknown;
  /** Duration of the attempt and of the delay after it, in milliseconds. */
  readonly duration: number;
  readonly delay: number;
  /** `performance.now()` when the attempt failed. */
  readonly endedAt: number;
  readonly timing: ResponseTiming | undefined;
}

/** What a feature adds to the error of a call. */
export interface PartReport {
  readonly metadata: Partial<ResponseMetadata>;
  /** A line of the explanation. */
  readonly line: readonly [name: string, text: string];
}

/** Progress of the attempts of one call. The call counts the first attempt, the loop counts the others. */
export interface RetryState {
  /** Attempts started, including the current one. */
  attempts: number;
  /** Requests passed to the transport: an attempt may fail earlier. */
  sent: number;
  /** Milliseconds waited between attempts. */
  totalRetryDelay: number;
  /** When the last attempt was signed, in milliseconds since 1970. */
  signedAt: number;
  /** Offset added to this machine's clock for that signature, in milliseconds. */
  clockOffset: number;
  signedWith: SigningCredentials | undefined;
  /** `performance.now()` when the first attempt started. */
  firstAttemptAt: number;
  /** `performance.now()` when the last attempt started, and the timing of its HTTP exchange. */
  attemptAt: number;
  timing: ResponseTiming | undefined;
  /** Set by the feature that puts a sensitive label into the host. */
  hidden: HiddenLabels | undefined;
  /** The attempts that were followed by another one. */
  readonly failed: FailedAttempt[];
  /** Whether the request was already sent again after a keep-alive connection had been closed by the peer. */
  replayed: boolean;
  /** The body of the request, if it is streaming. */
  body: RequestBody | undefined;
  /** What a feature of the operation reports of the call, if it fails. */
  report: (() => PartReport) | undefined;
  /** Tokens that the last retry cost. */
  retryCost: number | undefined;
  /** Milliseconds that a long poll waits before it fails, so that its caller does not poll at once. */
  lastDelay: number | undefined;
  /**
   * Why the last error was not retried. `bodyStarted`: the body can be consumed only once, and was started; `deadline`:
   * the delay would have exceeded it.
   */
  stopped: "notRetryable" | "bodyStarted" | "maxAttempts" | "quota" | "deadline" | undefined;
}

/** Keeps sensitive host labels out of messages. */
export interface HiddenLabels {
  redact(origin: string): string;
  /** Redacts the host of an origin in an error and its causes: Node's errors name it in several properties. */
  removeFrom(error: Error, origin: string): void;
}

/** The origin of a call's request, with sensitive host labels redacted. */
export function redactedOrigin({ hidden }: RetryState, origin: string): string {
  return hidden ? hidden.redact(origin) : origin;
}

export function newRetryState(): RetryState {
  return {
    attempts: 0,
    sent: 0,
    totalRetryDelay: 0,
    signedAt: 0,
    clockOffset: 0,
    signedWith: undefined,
    firstAttemptAt: 0,
    attemptAt: 0,
    timing: undefined,
    hidden: undefined,
    failed: [],
    replayed: false,
    body: undefined,
    report: undefined,
    retryCost: undefined,
    lastDelay: undefined,
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
