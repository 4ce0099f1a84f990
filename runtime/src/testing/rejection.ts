import { isClientsmithError, isServiceError, ServiceError } from "../errors/index.js";
import type { Operation } from "../schema/service.js";
import type { StructureShape } from "../schema/shapes.js";

/** The simplest object that a handler may throw to return an error. */
export interface FailureLike {
  /** Name of the error on the wire: `ThrottlingException`. */
  readonly name: string;
  /** HTTP status, 400 to 599. */
  readonly status: number;
  readonly message?: string | undefined;
}

/** An error as a service returns it. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  /** Descriptor of the error, if it is modelled. */
  readonly shape: StructureShape | undefined;
  /** Members of the error besides its message. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** An error of the local service itself, before a handler is called. */
export class RejectionError extends Error implements FailureLike {
  override readonly name: string;
  readonly status: number;
  /** The descriptor of the error and its members, if it has any besides its message. */
  readonly body: Pick<Failure, "shape" | "members"> | undefined;

  constructor(name: string, status: number, message: string, body?: Pick<Failure, "shape" | "members">) {
    super(message);
    this.name = name;
    this.status = status;
    this.body = body;
  }
}

/** The error that a thrown value represents; undefined for a bug. */
export function failureOf(thrown: unknown, operation: Operation | undefined): Failure | undefined {
  if (isServiceError(thrown)) {
    const shape = shapeOf(thrown.name, operation) ?? (thrown.constructor as { shape?: StructureShape }).shape;
    const byFault = shape?.error?.status ?? (thrown.fault === "server" ? 500 : 400);
    const { name, message } = thrown;
    return { name, message, status: thrown.status ?? byFault, shape, members: membersOf(thrown, shape) };
  }
  if (!isFailureLike(thrown)) return undefined;
  const { name, message = name, status } = thrown;
  const body = thrown instanceof RejectionError ? thrown.body : undefined;
  return { name, message, status, shape: shapeOf(name, operation), members: {}, ...body };
}

function shapeOf(name: string, operation: Operation | undefined): StructureShape | undefined {
  return operation?.errors?.find((modelled) => modelled.shape.name === name)?.shape;
}

function isFailureLike(value: unknown): value is FailureLike {
  if (typeof value !== "object" || value === null || isClientsmithError(value)) return false;
  const { name, status } = value as Partial<FailureLike>;
  return typeof name === "string" && typeof status === "number" && status >= 400 && status <= 599;
}

/** A modelled member named like a field of `ServiceError` is available under its name with the prefix `$`. */
function membersOf(error: ServiceError, shape: StructureShape | undefined): Record<string, unknown> {
  const fields = new Set<string | symbol>([...Reflect.ownKeys(new ServiceError({})), "cause"]);
  const values = error as unknown as Readonly<Record<string, unknown>>;
  const names = Object.keys(shape?.members ?? {}).filter((name) => name !== "message");
  return Object.fromEntries(names.map((name) => [name, values[fields.has(name) ? `$${name}` : name]]));
}
