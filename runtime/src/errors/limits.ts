import { ClientsmithError, type ErrorFields } from "./base.js";

/** The part of a call that a time limit cut off. */
export type TimeoutPhase = "connect" | "headers" | "body" | "deadline";

/** A time limit passed. */
export class TimeoutError extends ClientsmithError {
  static readonly errorCode = "Timeout";
  override readonly name = "TimeoutError";
  readonly code = "Timeout";
  readonly phase: TimeoutPhase;
  /** The limit, in milliseconds. */
  readonly limit: number;

  constructor(message: string, fields: ErrorFields & { readonly phase: TimeoutPhase; readonly limit: number }) {
    super(message, fields);
    this.phase = fields.phase;
    this.limit = fields.limit;
  }
}

/** The caller's signal was aborted; `cause` is its `reason`. */
export class AbortedError extends ClientsmithError {
  static readonly errorCode = "Aborted";
  override readonly name = "AbortedError";
  readonly code = "Aborted";
}
