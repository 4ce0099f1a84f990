import { getOwn } from "../schema/values.js";
import type { StructureShape } from "../schema/shapes.js";
import {
  ClientsmithError,
  type ErrorCode,
  isClientsmithError,
  type MetadataBearer,
  type ResponseMetadata,
} from "./base.js";

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
 * An error returned by the service, modelled or not. `name` is the error's name on the wire (`TrailNotFoundException`);
 * generated classes narrow it to a literal.
 */
export class ServiceError extends ClientsmithError implements MetadataBearer {
  static readonly errorCode: ErrorCode = "Service";
  declare readonly name: string;
  declare readonly code: "Service";
  /** Which side caused the error: the caller (`client`) or the service (`server`). */
  declare readonly fault: "client" | "server";
  /** True if the same call may succeed later. */
  declare readonly retryable: boolean;
  /** True if the service throttled the request. */
  declare readonly throttling: boolean;
  /** HTTP status code. */
  declare readonly status: number | undefined;
  declare readonly requestId: string | undefined;
  declare readonly $metadata: ResponseMetadata;

  /**
   * @param members modelled members. One that is named like a field of the error is available with the prefix `$`; in
   * `fields`, it has that prefix, too.
   */
  constructor(fields: ServiceErrorFields, members?: Readonly<Record<string, unknown>>) {
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
      const property = member in this || member === "cause" ? `$${member}` : member;
      const own = isField(member) ? undefined : getOwn(fields, member);
      const value = members ? getOwn(members, member) : (own ?? getOwn(fields, property));
      if (member === "message" || value === undefined) continue;
      Object.defineProperty(this, property, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
}

/** The names in {@link ServiceErrorFields} that are fields of the error itself. */
function isField(name: string): boolean {
  return name === "name" || name === "fault" || name === "retryable" || name === "throttling";
}

/** True for an error returned by the service, optionally only for one with that name. */
export function isServiceError(value: unknown, name?: string): value is ServiceError {
  return isClientsmithError(value) && value.code === "Service" && (name === undefined || value.name === name);
}
