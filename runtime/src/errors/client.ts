import { ClientsmithError, type ErrorFields, type MetadataBearer, type ResponseMetadata } from "./base.js";

// Fields are declared, not defined: the constructors set them, and every program contains these classes.

/** A setting is missing or invalid; the message names it and how to set it. */
export class ConfigurationError extends ClientsmithError {
  static readonly errorCode = "Configuration";
  declare readonly name: "ConfigurationError";
  declare readonly code: "Configuration";
}

/** No credentials were found: `tried` lists each source and why it was not used. */
export class CredentialsError extends ClientsmithError {
  static readonly errorCode = "Credentials";
  declare readonly name: "CredentialsError";
  declare readonly code: "Credentials";
  declare readonly tried: readonly { readonly source: string; readonly reason: string }[];

  constructor(message: string, fields: ErrorFields & { readonly tried?: CredentialsError["tried"] } = {}) {
    super(message, fields);
    this.tried = fields.tried ?? [];
  }
}

/** The service's endpoint rules reject the configuration (FIPS in a Region without FIPS endpoints, for example). */
export class EndpointError extends ClientsmithError {
  static readonly errorCode = "Endpoint";
  declare readonly name: "EndpointError";
  declare readonly code: "Endpoint";
}

/** No complete response arrived. `cause` is the transport's error; `systemCode` is its code, such as `ECONNREFUSED`. */
export class ConnectionError extends ClientsmithError {
  static readonly errorCode = "Connection";
  declare readonly name: "ConnectionError";
  declare readonly code: "Connection";
  declare readonly systemCode: string | undefined;
  /**
   * False if certainly no part of the request was sent, or an HTTP/2 server refused it unread; true if the service may
   * have processed it.
   */
  declare readonly sent: boolean;
  /**
   * True if the request used a keep-alive connection that was closed or reset within a second, before any part of a
   * response arrived. The peer had most likely closed it before it received the request.
   */
  declare readonly stale: boolean;

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

/**
 * A response that violates the protocol: a proxy's HTML page or truncated JSON, for example. The message describes it.
 */
export class UnexpectedResponseError extends ClientsmithError implements MetadataBearer {
  static readonly errorCode = "UnexpectedResponse";
  declare readonly name: "UnexpectedResponseError";
  declare readonly code: "UnexpectedResponse";
  declare readonly status: number;
  declare readonly contentType: string | undefined;
  /** The start of the body, at most 200 characters on one line; absent if it may contain sensitive members. */
  declare readonly excerpt: string | undefined;
  declare readonly $metadata: ResponseMetadata;

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

/** The part of a call that a time limit ended. */
export type TimeoutPhase = "connect" | "headers" | "body" | "deadline";

/** A time limit expired. */
export class TimeoutError extends ClientsmithError {
  static readonly errorCode = "Timeout";
  declare readonly name: "TimeoutError";
  declare readonly code: "Timeout";
  declare readonly phase: TimeoutPhase;
  /** The limit, in milliseconds. */
  declare readonly limit: number;

  constructor(message: string, fields: ErrorFields & { readonly phase: TimeoutPhase; readonly limit: number }) {
    super(message, fields);
    this.phase = fields.phase;
    this.limit = fields.limit;
  }
}

/** The caller's signal was aborted; `cause` is its `reason`. */
export class AbortedError extends ClientsmithError {
  static readonly errorCode = "Aborted";
  declare readonly name: "AbortedError";
  declare readonly code: "Aborted";
}

/** A paginator received a token that it had already sent, so the pages would never end. */
export class PaginationError extends ClientsmithError {
  static readonly errorCode = "Pagination";
  declare readonly name: "PaginationError";
  declare readonly code: "Pagination";
}

/** A waiter ended before the desired state was reached. `cause` is the last call's error, if it failed. */
export class WaiterError extends ClientsmithError {
  static readonly errorCode = "Waiter";
  declare readonly name: "WaiterError";
  declare readonly code: "Waiter";
  /** `failure`: the resource can no longer reach the desired state; `timeout`: not reached within `maxWaitTime`. */
  declare readonly state: "failure" | "timeout";
  /** Outcome of the last completed call: a description of the acceptor that matched. */
  readonly reason?: string;
  /** Output of that call, if it succeeded. Not enumerable, so that logging the error does not log the output. */
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

/** One violation of the model in an input. */
export interface ValidationIssue {
  /** Path from the input: member names and list indices, e.g. `["TagsList", 0, "Key"]`. */
  readonly path: readonly (string | number)[];
  /** The violated rule: a constraint trait's name, or `type`, `unknown`. */
  readonly rule: "required" | "type" | "unknown" | "length" | "range" | "pattern" | "enum" | "uniqueItems" | "union";
  /** What is wrong and what is expected, in one sentence without sensitive values. */
  readonly message: string;
}

/**
 * The input violates the model. Lists all violations; raised before credentials are looked up and before anything is
 * sent.
 */
export class ValidationError extends ClientsmithError {
  static readonly errorCode = "Validation";
  declare readonly name: "ValidationError";
  declare readonly code: "Validation";
  declare readonly issues: readonly ValidationIssue[];

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
