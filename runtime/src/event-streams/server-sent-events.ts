import { encodeBase64 } from "../text/bytes.js";
import type { EventMessage } from "./message.js";
import type { EventStream } from "./types.js";

/** One event of `text/event-stream`. */
export interface ServerSentEvent {
  /** Name that a listener of `EventSource` registers for; `message` if absent. */
  readonly event?: string | undefined;
  readonly id?: string | undefined;
  /** Text as it is; anything else as JSON, with bytes in base64. */
  readonly data: unknown;
}

export interface ServerSentEventsOptions<Event> {
  /** The event to send for an event of the service; undefined sends none. Default: its member's name, and its value. */
  readonly map?: (event: Event) => ServerSentEvent | undefined;
  /**
   * The last event to send if the service or the connection fails. Default: none, and reading fails with the error, so that
   * the client finds the response incomplete.
   */
  readonly failed?: (error: unknown) => ServerSentEvent;
}

/**
 * The events of an output as a web stream of server-sent events: `new Response(serverSentEvents(output.stream), { headers: {
 * "content-type": "text/event-stream" } })`. Events are requested as the stream is read, and cancelling it cancels them.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function serverSentEvents<Event extends object>(
  stream: EventStream<Event>,
  { map = defaultEvent, failed }: ServerSentEventsOptions<Event> = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const events = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const { done, value } = await events.next();
            if (done) return controller.close();
            const mapped = map(value);
            if (mapped) return controller.enqueue(encoder.encode(textOf(mapped)));
          }
        } catch (error) {
          stream.cancel();
          if (!failed) throw error;
          controller.enqueue(encoder.encode(textOf(failed(error))));
          controller.close();
        }
      },
      cancel: () => stream.cancel(),
    },
    // No read-ahead.
    { highWaterMark: 0 },
  );
}

/** An event that the client does not know is sent under its name, with its payload as text. */
function defaultEvent(event: object): ServerSentEvent | undefined {
  const [[name, value] = ["", undefined]] = Object.entries(event);
  if (name !== "$unknown") return { event: name, data: value as unknown };
  const [unknown, { payload }] = value as [string, EventMessage];
  return { event: unknown, data: new TextDecoder().decode(payload) };
}

function textOf({ event, id, data }: ServerSentEvent): string {
  const text = typeof data === "string" ? data : (JSON.stringify(data, inJson) ?? "");
  const lines = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${field("event", event)}${field("id", id)}${lines.join("")}\n`;
}

/** A line break would start another field. */
function field(name: string, value: string | undefined): string {
  return value === undefined ? "" : `${name}: ${value.replaceAll(/[\r\n\0]+/g, " ")}\n`;
}

/** `Buffer` has a `toJSON` of its own, which runs before. */
function inJson(this: unknown, key: string, value: unknown): unknown {
  const given = (this as Readonly<Record<string, unknown>>)[key];
  if (given instanceof Uint8Array) return encodeBase64(given);
  return typeof value === "bigint" ? String(value) : value;
}
