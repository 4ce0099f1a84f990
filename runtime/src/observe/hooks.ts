import type { HttpRequest, HttpResponse } from "../schema/http.js";

/** Fields of every event. Events contain no inputs and outputs, because these may be sensitive. */
export interface CallEvent {
  /** `CloudTrail`. */
  readonly service: string;
  /** `LookupEvents`. */
  readonly operation: string;
  /** The same object in all events of one call, so that an observer can associate data with the call. */
  readonly call: object;
}

export interface RequestEvent extends CallEvent {
  /** Unsigned. The body contains the caller's input and may be sensitive. A streaming body is omitted. */
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
  /** Duration of the call with all attempts, in milliseconds. */
  readonly duration: number;
  /** Undefined if the call succeeded. */
  readonly error: unknown;
}

/**
 * Functions that observe each call, in this order: `onRequest` once; for each attempt `onSigned`, `onResponse` (if a
 * response arrived) and `onRetry` (if another attempt follows); finally `onComplete`, for every call. They are called
 * synchronously, so they should be fast. An error thrown by `onRequest` fails the call before anything is sent. Errors
 * of the others, thrown or as a rejected promise, do not affect the call and are reported once as a warning of the
 * process.
 */
export interface Hooks {
  /** The request is built. Returned headers are added to it and signed (`traceparent`, for example). */
  readonly onRequest?: ((event: RequestEvent) => Readonly<Record<string, string>> | void) | undefined;
  /** The attempt is signed and about to be sent. */
  readonly onSigned?: ((event: SignedEvent) => void) | undefined;
  /** A response arrived, with any status. For a streaming body, only the headers have arrived. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** An attempt failed, and another one follows. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** The call has ended. */
  readonly onComplete?: ((event: CompleteEvent) => void) | undefined;
}
