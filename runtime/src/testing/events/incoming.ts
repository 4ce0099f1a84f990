import { type EventMessage, MalformedMessage } from "../../event-streams/message.js";
import { never } from "../../retry/classify.js";
import type { StructureShape } from "../../schema/shapes.js";
import { validate } from "../../validate/validate.js";
import { invalidInputError } from "../invalid-input.js";
import { unreadable } from "../protocols/read/reject.js";
import type { EventStreamOf } from "./event-streams.js";

/** The events of a request, for a handler. They are read as the handler needs them, once. */
export class IncomingEvents implements AsyncIterable<object> {
  readonly #messages: AsyncIterator<EventMessage>;
  readonly #stream: EventStreamOf;
  #first: EventMessage | undefined;
  #isRead = false;

  constructor(messages: AsyncIterable<EventMessage>, stream: EventStreamOf) {
    this.#messages = messages[Symbol.asyncIterator]();
    this.#stream = stream;
  }

  /** The first message, in protocols without HTTP bindings: the other members of the input. Undefined if there is none. */
  async initialRequest(): Promise<EventMessage | undefined> {
    const { done, value } = await this.#messages.next();
    if (done) return undefined;
    if (value.headers[":event-type"]?.value === "initial-request") return value;
    this.#first = value;
    return undefined;
  }

  [Symbol.asyncIterator](): AsyncGenerator<object, undefined, undefined> {
    if (this.#isRead) throw new TypeError("The events of a request can be read only once");
    this.#isRead = true;
    return this.#events();
  }

  async *#events(): AsyncGenerator<object, undefined, undefined> {
    for (;;) {
      const first = this.#first;
      this.#first = undefined;
      const { done, value } = first ? { done: false, value: first } : await this.#messages.next();
      if (done) return undefined;
      yield await this.#read(value as EventMessage);
    }
  }

  /**
   * @throws ServiceError for an error that the client sends
   * @throws RejectionError for an event that is unknown or violates the model
   */
  async #read(message: EventMessage): Promise<object> {
    const { union } = this.#stream;
    const received = readOrReject(() => union.read(message));
    if ("error" in received) throw await received.error(() => never);
    if (!("event" in received) || "$unknown" in received.event) {
      throw unreadable(`The event stream contains an event that is not a member of ${union.shape.name}`);
    }
    // A union is checked as a structure is.
    const shape = union.shape as unknown as StructureShape;
    const issues = validate(shape, received.event);
    if (issues.length > 0) throw invalidInputError(shape, received.event, issues);
    return received.event;
  }
}

function readOrReject<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof MalformedMessage ? unreadable(`The event stream ${error.message}`) : error;
  }
}
