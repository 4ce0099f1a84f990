import { isAnyObject } from "../text/any-object.js";
import type { StructureShape } from "../schema/shapes.js";

/** Every way a call can fail. The set is closed: a `switch` over it can be exhaustive. */
export type ErrorCode =
  /** The input breaks the model's constraints; nothing was sent. */
  | "Validation"
  /** A setting is missing or contradictory (for example, no Region); nothing was sent. */
  | "Configuration"
  /** No credentials were found. */
  | "Credentials"
  /** The endpoint rules reject the configuration. */
  | "Endpoint"
  /** No complete response arrived: DNS, TLS, connection refused, reset or closed early. */
  | "Connection"
  /** A time limit expired. */
  | "Timeout"
  /** The caller's signal was aborted. */
  | "Aborted"
  /** The response violates the protocol. */
  | "UnexpectedResponse"
  /** The service returned an error. */
  | "Service"
  /** A paginator received a token that it had already sent. */
  | "Pagination"
  /** A waiter ended before the desired state was reached. */
  | "Waiter";

/** How a call went. Present on every output and on every error of a call; fields that are not known are absent. */
export interface ResponseMetadata {
  /** HTTP status code of the last response. */
  readonly status?: number;
  /** Request ID assigned by the service; quote it to AWS support. */
  readonly requestId?: string;
  /** Second ID, returned by S3 (`x-amz-id-2`). */
  readonly extendedRequestId?: string;
  /** Requests passed to the transport for this call, the first included; 0 if none was. */
  readonly attempts: number;
  /** Milliseconds waited between attempts. */
  readonly totalRetryDelay: number;
  /** Where the last request went: `https://cloudtrail.us-east-1.amazonaws.com`. */
  readonly endpoint?: string;
  /** Offset added to this machine's clock for the signature, in milliseconds. */
  readonly clockOffset?: number;
  /**
   * How far the event streams of the call have come: so far, in the metadata of an output; at the time of the error, in
   * that of an error.
   */
  readonly events?: EventProgress;
}

/** Events of a call, with their bytes. */
export interface EventProgress {
  readonly sent: number;
  readonly sentBytes: number;
  readonly received: number;
  /** Bytes of the response's body, which include those of an event that is not complete. */
  readonly receivedBytes: number;
}

/** What the output of every operation carries besides its modelled members. */
export interface MetadataBearer {
  readonly $metadata: ResponseMetadata;
}

/** Marks errors for every copy of this package in a process, so that guards do not depend on one prototype. */
const brand = Symbol.for("@clientsmith/runtime/error");

const explanations = new WeakMap<ClientsmithError, () => string>();

/** Sets the text that {@link ClientsmithError.explain} returns. */
export function setExplanation(error: ClientsmithError, explain: () => string): void {
  explanations.set(error, explain);
}

export interface ErrorFields {
  readonly cause?: unknown;
}

/** Base class of every error of a call. `instanceof` works across duplicate installs. */
export abstract class ClientsmithError extends Error {
  /** `errorCode` of the class. */
  declare readonly code: ErrorCode;
  /** Name of the operation, once known. */
  operation?: string;
  /** Requests passed to the transport for the call; 0 if none was. */
  attempts?: number;
  /** How the call went; absent if the error does not belong to a call. */
  $metadata?: ResponseMetadata;

  constructor(message: string, fields?: ErrorFields) {
    super(message, fields && "cause" in fields ? { cause: fields.cause } : undefined);
    Object.defineProperty(this, brand, { value: true });
    const { errorCode } = new.target as { readonly errorCode?: ErrorCode };
    if (errorCode !== undefined) Object.assign(this, { name: `${errorCode}Error`, code: errorCode });
  }

  /**
   * What happened in the call, in a few lines of text: endpoint, signature, source of the credentials, and each attempt
   * with its outcome and duration. Contains no secrets and no part of the input or output.
   */
  explain(): string {
    return explanations.get(this)?.() ?? `${this.name}: ${this.message}`;
  }

  static override [Symbol.hasInstance](
    this: { readonly prototype: object; readonly errorCode?: ErrorCode; readonly shape?: StructureShape },
    value: unknown,
  ): boolean {
    if (!isClientsmithError(value)) return false;
    if (Object.is(this, ClientsmithError)) return true;
    if (Object.hasOwn(this, "shape") && this.shape) return value.code === "Service" && value.name === this.shape.name;
    if (Object.hasOwn(this, "errorCode")) return value.code === this.errorCode;
    return Object.prototype.isPrototypeOf.call(this.prototype, value);
  }
}

/** True for any error of this package, including errors made by another copy of it. */
export function isClientsmithError(value: unknown): value is ClientsmithError & { readonly code: ErrorCode } {
  return isAnyObject(value) && (value as Record<symbol, unknown>)[brand] === true;
}
