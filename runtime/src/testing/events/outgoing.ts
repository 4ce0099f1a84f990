import { encodeMessage } from "../../event-streams/encode.js";
import type { EventHeader, EventMessage } from "../../event-streams/message.js";
import type { StructureShape } from "../../schema/shapes.js";
import { describeType, isObject } from "../../schema/values.js";
import { isAsyncIterable } from "../../streams/types.js";
import { validate } from "../../validate/validate.js";
import type { Failure } from "../rejection.js";
import { listIssues } from "../list-issues.js";
import { messageMember } from "../protocols/failure-message.js";
import type { EventStreamOf } from "./event-streams.js";

export interface OutgoingEvents {
  /** What the handler returned as the member of the output. */
  readonly source: unknown;
  readonly stream: EventStreamOf;
  /** The other members of the output, in protocols without HTTP bindings. */
  readonly initial: { readonly contentType: string; readonly payload: string | Uint8Array } | undefined;
  /** The error that a thrown value represents. */
  failureOf(thrown: unknown): Failure;
}

/**
 * The events of a handler as bytes. An error that its iterable throws is the last message: a modelled one an exception,
 * any other an error.
 */
export async function* writeEvents(events: OutgoingEvents): AsyncGenerator<Uint8Array, undefined, undefined> {
  const { source, stream, initial, failureOf } = events;
  if (initial) yield encodeMessage(initialResponse(initial));
  try {
    for await (const event of iterableOf(source, stream)) {
      checkEvent(event, stream);
      yield encodeMessage(stream.union.write(event));
      if (stream.union.errorClass(Object.keys(event)[0] ?? "")) return undefined;
    }
  } catch (error) {
    yield encodeMessage(errorMessage(failureOf(error), stream));
  }
  return undefined;
}

function iterableOf(source: unknown, { member }: EventStreamOf): AsyncIterable<unknown> {
  if (source === undefined || source === null) return noEvents;
  if (typeof source === "object" && isAsyncIterable(source)) return source;
  throw new TypeError(`${member} must be an AsyncIterable of events, but is ${describeType(source)}`);
}

const noEvents: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

/** An event that the model does not know is a bug of the handler. */
function checkEvent(event: unknown, { union }: EventStreamOf): asserts event is Readonly<Record<string, unknown>> {
  const [name = ""] = isObject(event) ? Object.keys(event) : [];
  if (isObject(event) && union.errorClass(name)) return;
  const issues = validate(union.shape as unknown as StructureShape, event, {});
  if (issues.length > 0)
    throw new TypeError(`A handler returned an invalid event of ${union.shape.name}: ${listIssues(issues)}`);
}

function initialResponse({ contentType, payload }: NonNullable<OutgoingEvents["initial"]>): EventMessage {
  return {
    headers: {
      ":message-type": text("event"),
      ":event-type": text("initial-response"),
      ":content-type": text(contentType),
    },
    payload: typeof payload === "string" ? new TextEncoder().encode(payload) : payload,
  };
}

function errorMessage({ name, message, shape, members }: Failure, { union, errors }: EventStreamOf): EventMessage {
  const [type] = Object.entries(errors).find(([, shapeName]) => shapeName === name) ?? [];
  if (type !== undefined && union.errorClass(type)) {
    const messageName = messageMember(shape);
    return union.write({ [type]: { ...members, ...(messageName !== undefined && { [messageName]: message }) } });
  }
  const headers = {
    ":message-type": text("error"),
    ":error-code": text(name),
    ":error-message": text(message),
  };
  return { headers, payload: new Uint8Array() };
}

function text(value: string): EventHeader {
  return { type: "string", value };
}
