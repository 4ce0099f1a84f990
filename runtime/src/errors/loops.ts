import { ClientsmithError, type ErrorFields } from "./base.js";

/** A paginator was answered with the token that it had sent, which would never end. */
export class PaginationError extends ClientsmithError {
  static readonly errorCode = "Pagination";
  override readonly name = "PaginationError";
  readonly code = "Pagination";
}

/** A waiter ended without its state. `cause` is the last error, where there was one. */
export class WaiterError extends ClientsmithError {
  static readonly errorCode = "Waiter";
  override readonly name = "WaiterError";
  readonly code = "Waiter";
  readonly state: "failure" | "timeout";
  /** Output of the last call, where it had one. */
  readonly lastOutput: unknown;

  constructor(
    message: string,
    fields: ErrorFields & { readonly state: "failure" | "timeout"; readonly lastOutput?: unknown },
  ) {
    super(message, fields);
    this.state = fields.state;
    this.lastOutput = fields.lastOutput;
  }
}
