import { eventStreamType } from "../event-streams/message.js";
import { type EventErrors, EventUnion } from "../event-streams/events.js";
import { MessageSource } from "../event-streams/message-source.js";
import { ReceivedEvents } from "../event-streams/received-events.js";
import { withTimeLimit } from "../event-streams/time-limit.js";
import { TimeoutError } from "../errors/client.js";
import type { HttpResponse, ResponseStream } from "../schema/http.js";
import type { OperationCodec } from "../schema/service.js";
import type { EventStreamMember } from "../schema/shapes.js";
import { setOwn } from "../schema/values.js";
import { within } from "../signals/within.js";
import { ReceivedBody } from "../streams/received-body.js";
import { defaultMaxResponseSize } from "../transport/limits.js";
import { enableReceiving } from "../transport/streaming/receiving.js";
import type { CallContext } from "./context.js";
import type { Feature } from "./feature.js";
import { bufferedStream } from "./support/buffered-stream.js";
import { eventFailure } from "./support/event-failure.js";
import { progressOf, withProgress } from "./support/event-progress.js";
import { withHeaders } from "./support/message.js";
import { withoutEventStreams } from "./support/without-event-streams.js";

export interface EventStreamData {
  /** Name of the member. */
  readonly member: string;
  /** Members of its union that are errors: event type → name of the error's shape. */
  readonly errors?: EventErrors;
}

/**
 * `smithy.api#streaming` on a union of the output: the response is returned once its headers have arrived, with its
 * events as an `EventStream`. In protocols without HTTP bindings, the other members of the output are the first message.
 *
 * @see https://smithy.io/2.0/spec/streaming.html#event-streams
 */
export function eventStreamOutput(data: EventStreamData): Feature {
  const { member, errors = {} } = data;
  const streams = new WeakMap<ResponseStream, ReceivedEvents>();
  let union: EventUnion | undefined;
  return {
    name: "event-stream-output",
    data,
    codec(codec, operation, service) {
      const others = withoutEventStreams(operation);
      const base = service.protocol.compile(others, service);
      union = new EventUnion(operation.output.members[member] as EventStreamMember, errors, base, operation, service);
      return { ...codec, readOutput: (response) => withEvents(base, response, member, streams) };
    },
    // Of a protocol that names the media type that it accepts.
    message: (message) => ("accept" in message.headers ? withHeaders(message, { accept: eventStreamType }) : message),
    attempts: (attempt) => withProgress(attempt),
    transport(options, { bodySignal }) {
      enableReceiving();
      // Silence between events has limits of its own, but closing the client does not wait for ever.
      return { ...options, bodyTimeout: 0, streamed: { signal: bodySignal, pauseTimeout: options.bodyTimeout } };
    },
    async response(response, context) {
      const stream = response.stream ?? bufferedStream(response.body);
      if (response.status >= 300) return { ...response, body: await errorBody(stream, response, context) };
      if (!union) throw new Error(`${context.operation.name} was not compiled`);
      const { client, operation, settings } = context;
      const progress = progressOf(context);
      const source = new MessageSource(stream, operation.name, settings.limits.bodyTimeout, progress);
      const failed = (error: unknown): unknown => eventFailure(error, context, response);
      streams.set(
        stream,
        new ReceivedEvents(source, {
          operation: operation.name,
          union,
          limits: settings.limits,
          progress,
          classify: client.conventions.classify,
          failed,
        }),
      );
      const { http, output } = operation;
      const initial =
        !http && Object.keys(output.members).length > 1
          ? await initialResponse(source, union, context, failed)
          : undefined;
      return { ...response, stream, ...(initial && { body: initial }) };
    },
  };
}

/** The output, with the events of its response. */
function withEvents(
  base: OperationCodec,
  response: HttpResponse,
  member: string,
  streams: WeakMap<ResponseStream, ReceivedEvents>,
): object {
  const { status, headers, body, stream } = response;
  const output = base.readOutput({ status, headers, body }) as Record<string, unknown>;
  const events = stream && streams.get(stream);
  if (events) setOwn(output, member, events);
  return output;
}

/** The payload of the first message, if it is the initial response; a service may send none. */
async function initialResponse(
  source: MessageSource,
  union: EventUnion,
  { client, settings, signal }: CallContext,
  failed: (error: unknown) => unknown,
): Promise<Uint8Array | undefined> {
  const limit = { option: "headersTimeout", milliseconds: settings.limits.headersTimeout };
  try {
    const message = await within(source.next(limit), signal, "while waiting for the initial response");
    const received = message && union.read(message);
    if (received && "initial" in received) return received.initial.payload.slice();
    if (received && "error" in received) throw await received.error(client.conventions.classify);
    source.unread(message);
    return undefined;
  } catch (error) {
    source.cancel();
    throw failed(error);
  }
}

/** The body of an error is small, and is read to its end. */
async function errorBody(stream: ResponseStream, response: HttpResponse, context: CallContext): Promise<Uint8Array> {
  const { client, operation, settings, signal } = context;
  const { bodyTimeout } = settings.limits;
  const body = new ReceivedBody(stream, {
    operation: operation.name,
    maxResponseSize: client.options.maxResponseSize ?? defaultMaxResponseSize,
    failed: (error) => error,
  });
  const late = (): TimeoutError =>
    new TimeoutError(
      `${operation.name} timed out after ${bodyTimeout} ms (option bodyTimeout): the body of the error (status ${response.status}) stalled.`,
      { phase: "body", limit: bodyTimeout },
    );
  try {
    return await withTimeLimit(within(body.bytes(), signal, "while reading the response"), bodyTimeout, late);
  } finally {
    body.cancel();
  }
}
