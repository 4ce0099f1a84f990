import { ClientsmithError, type ErrorFields } from "./base.js";

/** A paginator was answered with the token that it had sent, which would never end. */
export class PaginationError extends ClientsmithError {
  static readonly errorCode = "Pagination";
  override readonly name = "PaginationError";
  readonly code = "Pagination";
}

/** A waiter ended without its state. `cause` is the last call's error, where it had one. */
export class WaiterError extends ClientsmithError {
  static readonly errorCode = "Waiter";
  override readonly name = "WaiterError";
  readonly code = "Waiter";
  /** `failure`: a state that rules out the one waited for; `timeout`: not there within `maxWaitTime`. */
  readonly state: "failure" | "timeout";
  /** What the last call that ended came to: the acceptor that it matched, in words. */
  readonly reason?: string;
  /** Output of that call, where it had one. Not enumerable: whoever logs the error does not log what it may hold. */
  declare readonly lastOutput?: unknown;

  constructor(
    message: string,
    fields: ErrorFields & Pick<WaiterError, "state"> & { readonly reason?: string; readonly lastOutput?: unknown },
  ) {
    super(message, fields);
    this.state = fields.state;
    if (fields.reason !== undefined) this.reason = fields.reason;
    Object.defineProperty(this, "lastOutput", { value: fields.lastOutput });
  }
}
