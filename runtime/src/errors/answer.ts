import { ClientsmithError, type ErrorFields, type MetadataBearer, type ResponseMetadata } from "./base.js";

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
