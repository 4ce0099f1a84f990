import { ServiceError } from "../errors/service.js";
import { ResponseMismatch } from "../errors/mismatch.js";
import type { Classification } from "../retry/classify.js";
import type { Operation, OperationCodec, Service, ServiceErrorClass } from "../schema/service.js";
import { type EventStreamMember, type StructureShape, targetOf, type UnionShape } from "../schema/shapes.js";
import { getOwn, oncePer, setOwn } from "../schema/values.js";
import { responseWith } from "./document.js";
import { compileEvent, type EventCodec, type Fill } from "./event.js";
import { type EventHeader, type EventMessage, MalformedMessage } from "./message.js";

/** Members of the union that are errors: event type → name of the error's shape. */
export type EventErrors = Readonly<Record<string, string>>;

/** Classifies an error by its code and status. */
export type Classify = (code: string, status: number) => Classification;

/** What a message is. */
export type Received =
  | { readonly event: object }
  /** An error that the service sent. Its body is read when it is needed. */
  | { readonly error: (classify: Classify) => Promise<ServiceError> }
  /** The members of the output besides the stream, in protocols without HTTP bindings. */
  | { readonly initial: EventMessage };

/**
 * The events of one member: from an event to a message and back.
 *
 * @see https://smithy.io/2.0/spec/streaming.html#event-message-serialization
 */
export class EventUnion {
  readonly shape: UnionShape;
  readonly #operation: Operation;
  readonly #service: Service;
  readonly #errors: EventErrors;
  readonly #base: OperationCodec;
  readonly #fill: Fill | undefined;
  readonly #codecOf = oncePer((shape: StructureShape): EventCodec =>
    compileEvent(shape, this.#operation, this.#service, this.#fill),
  );

  /**
   * @param base the operation without its event streams, which reads errors that are not modelled
   * @param fill how received events are filled; default: as outputs are
   */
  constructor(
    member: EventStreamMember,
    errors: EventErrors,
    base: OperationCodec,
    operation: Operation,
    service: Service,
    fill?: Fill,
  ) {
    this.#fill = fill;
    this.shape = targetOf({ target: member.events }) as UnionShape;
    this.#operation = operation;
    this.#service = service;
    this.#errors = errors;
    this.#base = base;
  }

  /** The class of a member that is an error; undefined for an event. */
  errorClass(name: string): ServiceErrorClass | undefined {
    const shape = getOwn(this.#errors, name);
    return shape === undefined ? undefined : this.#operation.errors?.find((each) => each.shape.name === shape);
  }

  /** @throws TypeError, RangeError for an event that cannot be represented; validation rejects most of them */
  write(event: Readonly<Record<string, unknown>>): EventMessage {
    const name = Object.keys(event).find((key) => event[key] !== undefined && event[key] !== null) ?? "";
    const error = this.errorClass(name);
    const shape = error?.shape ?? this.#shapeOf(name);
    if (!shape) throw new TypeError(`${name} is not a member of ${this.shape.name}`);
    const { headers, payload } = this.#codecOf(shape).write(event[name] as object);
    const type = error ? "exception" : "event";
    return { headers: { ":message-type": text(type), [`:${type}-type`]: text(name), ...headers }, payload };
  }

  /**
   * Throws a `MalformedMessage` for a message that is not an event, and what an {@link EventCodec} throws for an event
   * that cannot be read.
   */
  read(message: EventMessage): Received {
    const type = this.#required(message, ":message-type");
    if (type === "event") return this.#event(this.#required(message, ":event-type"), message);
    if (type === "exception") return this.#exception(this.#required(message, ":exception-type"), message);
    if (type !== "error") throw new MalformedMessage(`contains a message of the unknown type ${JSON.stringify(type)}`);
    const code = textOf(message, ":error-code") ?? "UnknownError";
    const reason = textOf(message, ":error-message");
    return { error: async (classify) => this.#unmodelled(code, reason, classify) };
  }

  #event(name: string, message: EventMessage): Received {
    const shape = this.#shapeOf(name);
    if (shape) return { event: single(name, this.#readAs(shape, name, message)) };
    if (name === "initial-response") return { initial: message };
    // A copy, so that it does not share the memory of the transport.
    return { event: { $unknown: [name, { ...message, payload: message.payload.slice() }] } };
  }

  #exception(name: string, message: EventMessage): Received {
    const Class = this.errorClass(name);
    return {
      error: async (classify) =>
        Class ? this.#modelled(Class, message, classify) : this.#unknown(name, message, classify),
    };
  }

  /** Members that do not match the model are all left out: the error itself is more important. */
  #modelled(Class: ServiceErrorClass, message: EventMessage, classify: Classify): ServiceError {
    const { shape } = Class;
    const read = this.#tryRead(shape, message);
    const reason = getOwn(read, "message") ?? getOwn(read, "Message");
    const { retryable, throttling } = classify(shape.name, shape.error?.status ?? 0);
    const trait = shape.error?.retryable;
    return new Class(
      {
        ...(typeof reason === "string" && { message: reason }),
        retryable: retryable || trait !== undefined,
        throttling: throttling || trait === "throttling",
      },
      read,
    );
  }

  #tryRead(shape: StructureShape, message: EventMessage): Readonly<Record<string, unknown>> {
    try {
      return this.#codecOf(shape).read(message) as Readonly<Record<string, unknown>>;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof ResponseMismatch) return {};
      throw error;
    }
  }

  async #unknown(name: string, { payload }: EventMessage, classify: Classify): Promise<ServiceError> {
    const { message } = await this.#base.readError(responseWith(payload));
    return this.#unmodelled(name, message, classify);
  }

  #unmodelled(name: string, message: string | undefined, classify: Classify): ServiceError {
    const { retryable, throttling } = classify(name, 0);
    const reason = message ?? `${this.#operation.name} failed while its events were sent`;
    return new ServiceError({ name, message: reason, fault: "server", retryable, throttling });
  }

  /** @throws MalformedMessage for an event that is not as modelled, without the parser's message text */
  #readAs(shape: StructureShape, name: string, message: EventMessage): object {
    const codec = this.#codecOf(shape);
    try {
      return codec.read(message);
    } catch (cause) {
      if (cause instanceof SyntaxError) {
        throw new MalformedMessage(`contains an event ${name} that is not ${codec.format}`, { cause });
      }
      if (cause instanceof ResponseMismatch) {
        throw new MalformedMessage(`contains an event ${name} that is not as modelled: ${cause.message}`);
      }
      throw cause;
    }
  }

  #shapeOf(name: string): StructureShape | undefined {
    const member = getOwn(this.shape.members, name) as UnionShape["members"][string] | undefined;
    return member && "target" in member ? (targetOf(member) as StructureShape) : undefined;
  }

  #required(message: EventMessage, name: string): string {
    const found = textOf(message, name);
    if (found === undefined) throw new MalformedMessage(`contains a message without the header ${name}`);
    return found;
  }
}

function text(value: string): EventHeader {
  return { type: "string", value };
}

function textOf({ headers }: EventMessage, name: string): string | undefined {
  const header = getOwn(headers, name) as EventHeader | undefined;
  return header?.type === "string" ? header.value : undefined;
}

function single(name: string, value: object): object {
  const event = {};
  setOwn(event, name, value);
  return event;
}
