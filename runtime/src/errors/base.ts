import type { StructureShape } from "../schema/shapes.js";

/** Every way a call can fail. The set is closed: a `switch` over it can be exhaustive. */
export type ErrorCode =
  /** The input breaks the model's constraints; nothing was sent. */
  | "Validation"
  /** A setting is missing or contradictory (no region, say); nothing was sent. */
  | "Configuration"
  /** No credentials could be had. */
  | "Credentials"
  /** The endpoint rules refuse the configuration. */
  | "Endpoint"
  /** No whole response came: DNS, TLS, refused, reset, cut off. */
  | "Connection"
  /** A time limit passed. */
  | "Timeout"
  /** The caller's signal. */
  | "Aborted"
  /** A response came that the protocol does not allow. */
  | "UnexpectedResponse"
  /** The service answered with an error. */
  | "Service"
  /** A paginator met the same token twice. */
  | "Pagination"
  /** A waiter ended without its state. */
  | "Waiter";

/** How a call went, on every output and on every error of a call: as far as the call came, and as it is known. */
export interface ResponseMetadata {
  /** HTTP status code of the last response. */
  readonly status?: number;
  /** Id that the service gave to the request; quote it to support. */
  readonly requestId?: string;
  /** Second id that S3 gives (`x-amz-id-2`). */
  readonly extendedRequestId?: string;
  /** Requests handed to the transport for this call, the first included; 0 where it did not come to one. */
  readonly attempts: number;
  /** Milliseconds waited between attempts. */
  readonly totalRetryDelay: number;
  /** Where the last request went: `https://cloudtrail.us-east-1.amazonaws.com`. */
  readonly endpoint?: string;
  /** What was added to this machine's clock for the signature, in milliseconds. */
  readonly clockOffset?: number;
}

/** What every operation's answer carries besides its modelled members. */
export interface MetadataBearer {
  readonly $metadata: ResponseMetadata;
}

/** Marks our errors for every copy of this package in a process, so that guards do not depend on one prototype. */
const brand = Symbol.for("@clientsmith/runtime/error");

const explanations = new WeakMap<ClientsmithError, () => string>();

/** Gives an error what {@link ClientsmithError.explain} is to say. */
export function giveExplanation(error: ClientsmithError, explain: () => string): void {
  explanations.set(error, explain);
}

export interface ErrorFields {
  readonly cause?: unknown;
}

/** Base of every error a call can fail with. `instanceof` works across duplicate installs. */
export abstract class ClientsmithError extends Error {
  abstract readonly code: ErrorCode;
  /** Name of the operation, once known. */
  operation?: string;
  /** Requests handed to the transport for the call; 0 where it did not come to one. */
  attempts?: number;
  /** How the call went; absent where the error is not one of a call. */
  $metadata?: ResponseMetadata;

  constructor(message: string, fields?: ErrorFields) {
    super(message, fields && "cause" in fields ? { cause: fields.cause } : undefined);
    Object.defineProperty(this, brand, { value: true });
  }

  /**
   * How the call came to this, in a few lines for people: endpoint, signature, source of the credentials, each attempt
   * with its outcome and the time that it took. Holds no secrets and nothing of input or output.
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

/** True for any error of this package, whichever copy of it made the error. */
export function isClientsmithError(value: unknown): value is ClientsmithError & { readonly code: ErrorCode } {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}
