import { ClientsmithError, type ErrorFields, type MetadataBearer, type ResponseMetadata } from "./base.js";

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
  /**
   * True where the request went over a kept connection that was closed or reset within a second, before anything of a
   * response came: the other side had most likely given it up before it saw the request.
   */
  readonly stale: boolean;

  constructor(
    message: string,
    fields: ErrorFields & {
      readonly systemCode?: string | undefined;
      readonly sent?: boolean;
      readonly stale?: boolean;
    } = {},
  ) {
    super(message, fields);
    this.systemCode = fields.systemCode;
    this.sent = fields.sent ?? true;
    this.stale = fields.stale ?? false;
  }
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
  override readonly $metadata: ResponseMetadata;

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
