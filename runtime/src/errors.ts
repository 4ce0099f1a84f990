import type { StructureShape } from "./schema/shapes.js";

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

/** What is known about a response, on every output and every error that came from one. */
export interface ResponseMetadata {
  /** HTTP status code of the last response. */
  readonly status?: number;
  /** Id that the service gave to the request; quote it to support. */
  readonly requestId?: string;
  /** Second id that S3 gives (`x-amz-id-2`). */
  readonly extendedRequestId?: string;
  /** Requests made for this call, the first included. */
  readonly attempts: number;
  /** Milliseconds waited between attempts. */
  readonly totalRetryDelay: number;
}

/** What every operation's answer carries besides its modelled members. */
export interface MetadataBearer {
  readonly $metadata: ResponseMetadata;
}

/** Marks our errors for every copy of this package in a process, so that guards do not depend on one prototype. */
const brand = Symbol.for("@clientsmith/runtime/error");

interface ErrorFields {
  readonly cause?: unknown;
}

/** Base of every error a call can fail with. `instanceof` works across duplicate installs. */
export abstract class ClientsmithError extends Error {
  abstract readonly code: ErrorCode;
  /** Name of the operation, once known. */
  operation?: string;
  /** Requests made for the call, as far as it came. */
  attempts?: number;

  constructor(message: string, fields?: ErrorFields) {
    super(message, fields && "cause" in fields ? { cause: fields.cause } : undefined);
    Object.defineProperty(this, brand, { value: true });
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

/** One breach of the model in an input. */
export interface ValidationIssue {
  /** Where: member names and list indices from the input down, e.g. `["TagsList", 0, "Key"]`. */
  readonly path: readonly (string | number)[];
  /** Which rule: a constraint trait's name, or `type`, `unknown`. */
  readonly rule: "required" | "type" | "unknown" | "length" | "range" | "pattern" | "enum" | "uniqueItems" | "union";
  /** What is wrong and what is wanted, in a sentence that holds no sensitive value. */
  readonly message: string;
}

/** The input breaks the model: all breaches at once, found before credentials are looked up or anything is sent. */
export class ValidationError extends ClientsmithError {
  static readonly errorCode = "Validation";
  override readonly name = "ValidationError";
  readonly code = "Validation";
  readonly issues: readonly ValidationIssue[];

  constructor(shapeName: string, issues: readonly ValidationIssue[], fields?: ErrorFields) {
    const lines = issues.map((issue) => `\n  ${formatPath(issue.path)}: ${issue.message}`);
    super(
      `${shapeName} has ${issues.length === 1 ? "1 problem" : `${issues.length} problems`}:${lines.join("")}`,
      fields,
    );
    this.issues = issues;
  }
}

/** `TagsList[0].Key`; `(input)` for the value itself. */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return "(input)";
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** A setting is missing or wrong; the message says which and how to give it. */
export class ConfigurationError extends ClientsmithError {
  static readonly errorCode = "Configuration";
  override readonly name = "ConfigurationError";
  readonly code = "Configuration";
}

/** No credentials: `tried` lists each source and why it did not serve. */
export class CredentialsError extends ClientsmithError {
  static readonly errorCode = "Credentials";
  override readonly name = "CredentialsError";
  readonly code = "Credentials";
  readonly tried: readonly { readonly source: string; readonly reason: string }[];

  constructor(message: string, fields: ErrorFields & { readonly tried?: CredentialsError["tried"] } = {}) {
    super(message, fields);
    this.tried = fields.tried ?? [];
  }
}

/** The service's endpoint rules refuse the configuration (FIPS where there is none, say). */
export class EndpointError extends ClientsmithError {
  static readonly errorCode = "Endpoint";
  override readonly name = "EndpointError";
  readonly code = "Endpoint";
}

/** No whole response came. `cause` is the transport's error; `systemCode` its code, such as `ECONNREFUSED`. */
export class ConnectionError extends ClientsmithError {
  static readonly errorCode = "Connection";
  override readonly name = "ConnectionError";
  readonly code = "Connection";
  readonly systemCode: string | undefined;
  /** False where surely nothing of the request was sent; true where the service may have acted on it. */
  readonly sent: boolean;

  constructor(
    message: string,
    fields: ErrorFields & { readonly systemCode?: string | undefined; readonly sent?: boolean } = {},
  ) {
    super(message, fields);
    this.systemCode = fields.systemCode;
    this.sent = fields.sent ?? true;
  }
}

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

/** A response that the protocol does not allow: a proxy's page, cut JSON. Says what came instead. */
export class UnexpectedResponseError extends ClientsmithError implements MetadataBearer {
  static readonly errorCode = "UnexpectedResponse";
  override readonly name = "UnexpectedResponseError";
  readonly code = "UnexpectedResponse";
  readonly status: number;
  readonly contentType: string | undefined;
  /** The start of the body, at most 200 characters on one line; left out where it may hold sensitive members. */
  readonly excerpt: string | undefined;
  readonly $metadata: ResponseMetadata;

  constructor(
    message: string,
    fields: ErrorFields & {
      readonly status: number;
      readonly contentType?: string | undefined;
      readonly excerpt?: string | undefined;
      readonly metadata?: ResponseMetadata | undefined;
    },
  ) {
    super(message, fields);
    this.status = fields.status;
    this.contentType = fields.contentType;
    this.excerpt = fields.excerpt;
    this.$metadata = fields.metadata ?? { status: fields.status, attempts: 1, totalRetryDelay: 0 };
  }
}

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

export interface ServiceErrorFields {
  readonly name?: string;
  readonly message?: string;
  readonly fault?: "client" | "server";
  readonly retryable?: boolean;
  readonly throttling?: boolean;
  readonly $metadata?: ResponseMetadata;
  readonly [member: string]: unknown;
}

/**
 * What a service answered, modelled or not. `name` is the error's name on the wire (`TrailNotFoundException`);
 * generated classes narrow it to a literal.
 */
export class ServiceError extends ClientsmithError implements MetadataBearer {
  static readonly errorCode: ErrorCode = "Service";
  override readonly name: string;
  readonly code = "Service";
  /** Who has to change something: the caller or the service. */
  readonly fault: "client" | "server";
  /** True where the same call may succeed later. */
  readonly retryable: boolean;
  /** True where the service asks for fewer calls. */
  readonly throttling: boolean;
  /** HTTP status code. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly $metadata: ResponseMetadata;

  constructor(fields: ServiceErrorFields) {
    const shape = (new.target as { shape?: StructureShape }).shape;
    const name = fields.name ?? shape?.name ?? "UnknownError";
    super(fields.message ?? name);
    this.name = name;
    const metadata = fields.$metadata ?? { attempts: 0, totalRetryDelay: 0 };
    const status = metadata.status ?? shape?.error?.status;
    this.fault = fields.fault ?? shape?.error?.fault ?? (status !== undefined && status >= 500 ? "server" : "client");
    this.retryable = fields.retryable ?? shape?.error?.retryable !== undefined;
    this.throttling = fields.throttling ?? shape?.error?.retryable === "throttling";
    this.status = status;
    this.requestId = metadata.requestId;
    this.$metadata = metadata;
    if (!shape) return;
    for (const member of Object.keys(shape.members)) {
      if (member === "message" || fields[member] === undefined) continue;
      const property = reservedFields.has(member) ? `$${member}` : member;
      Object.defineProperty(this, property, {
        value: fields[member],
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
}

/** Fields that a modelled member cannot replace: such a member stands under its name with `$` before it. */
export const reservedFields: ReadonlySet<string> = new Set([
  "name",
  "code",
  "fault",
  "retryable",
  "throttling",
  "status",
  "requestId",
  "$metadata",
  "operation",
  "attempts",
  "cause",
  "stack",
]);

/** True for an error that a service answered, optionally only for one of that name. */
export function isServiceError(value: unknown, name?: string): value is ServiceError {
  return isClientsmithError(value) && value.code === "Service" && (name === undefined || value.name === name);
}
