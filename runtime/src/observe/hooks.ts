import type { HttpRequest, HttpResponse } from "../transport/types.js";

/** What every event says of its call. Inputs and outputs are not among it: they may be sensitive. */
export interface CallEvent {
  /** `CloudTrail`. */
  readonly service: string;
  /** `LookupEvents`. */
  readonly operation: string;
  /** The same object in all events of one call, for what an observer wants to remember of it. */
  readonly call: object;
}

export interface RequestEvent extends CallEvent {
  /** Unsigned. Its body is what the caller's input became: it may be sensitive. One that is a stream is not shown. */
  readonly request: HttpRequest;
}

export interface SignedEvent extends RequestEvent {
  /** From 1. */
  readonly attempt: number;
}

export interface ResponseEvent extends CallEvent {
  readonly attempt: number;
  readonly response: HttpResponse;
}

export interface RetryEvent extends CallEvent {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly error: unknown;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

export interface CompleteEvent extends CallEvent {
  /** Requests made. */
  readonly attempts: number;
  /** Of the whole call, in milliseconds. */
  readonly duration: number;
  /** Undefined where the call succeeded. */
  readonly error: unknown;
}

/**
 * Functions that are told how each call goes, in this order: `onRequest` once, then for each attempt `onSigned`,
 * `onResponse` (where one came) and `onRetry` (where another follows), at last `onComplete`, which is told of every call.
 * They are called in line, so they should be quick. What `onRequest` throws fails the call, before anything is sent. The
 * others only look on: what one of them throws, or a promise that it answers fails with, changes nothing for the call and is
 * told as a warning of the process, once.
 */
export interface Hooks {
  /** The request is built. Headers that are answered are added to it, and signed: `traceparent`, for one. */
  readonly onRequest?: ((event: RequestEvent) => Readonly<Record<string, string>> | void) | undefined;
  /** The attempt is signed and about to be sent. */
  readonly onSigned?: ((event: SignedEvent) => void) | undefined;
  /** A whole response came, whatever its status; of one whose body is handed over as it comes, the headers. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** An attempt failed, and another one follows. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** The call has ended. */
  readonly onComplete?: ((event: CompleteEvent) => void) | undefined;
}
