import type { ReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { EventMessage, EventStream, EventStreamInput, StreamingBody, StreamingInput } from "@clientsmith/runtime";
import type { EventReadable, Gathered, Streamed } from "@clientsmith/runtime/classic";
import type { StreamingBlobPayloadInputTypes } from "@smithy/types";
import { expectTypeOf } from "vitest";

/** What people have at hand, and what the official clients take. */
export function given(): void {
  expectTypeOf<string | Uint8Array | Buffer | Blob>().toExtend<StreamingInput>();
  expectTypeOf<Readable | ReadStream>().toExtend<StreamingInput>();
  expectTypeOf<NonNullable<Response["body"]>>().toExtend<StreamingInput>();
  expectTypeOf<AsyncGenerator<Uint8Array>>().toExtend<StreamingInput>();
  expectTypeOf<StreamingBlobPayloadInputTypes>().toExtend<StreamingInput>();
  // What one call gave, another one takes.
  expectTypeOf<StreamingBody>().toExtend<StreamingInput>();
  expectTypeOf<number | Date>().not.toExtend<StreamingInput>();
  expectTypeOf<AsyncGenerator<number>>().not.toExtend<StreamingInput>();
}

export function received(body: StreamingBody): void {
  expectTypeOf(body.bytes()).resolves.toEqualTypeOf<Uint8Array>();
  expectTypeOf(body.text()).resolves.toEqualTypeOf<string>();
  expectTypeOf(body.stream()).toExtend<NonNullable<Response["body"]>>();
  expectTypeOf<Gathered<{ Body: StreamingBody; Length?: number }>>().toEqualTypeOf<{ Body: Buffer; Length?: number }>();
}

/** As generated code declares the events of a service. */
type Words =
  | { text: { text: string }; sound?: never; $unknown?: never }
  | { sound: { bytes?: Uint8Array }; text?: never; $unknown?: never }
  | { $unknown: [name: string, value: EventMessage]; text?: never; sound?: never };

export async function events(stream: EventStream<Words>): Promise<void> {
  for await (const event of stream) {
    if (event.text) expectTypeOf(event).toEqualTypeOf<Extract<Words, { text: object }>>();
    else if (event.sound) expectTypeOf(event.sound.bytes).toEqualTypeOf<Uint8Array | undefined>();
    else expectTypeOf(event.$unknown[1].payload).toEqualTypeOf<Uint8Array>();
  }
  // What one call gave, another one takes.
  expectTypeOf(stream).toExtend<EventStreamInput<Words>>();
  expectTypeOf<AsyncGenerator<{ text: { text: string } }>>().toExtend<EventStreamInput<Words>>();
  expectTypeOf<Readable>().toExtend<EventStreamInput<Words>>();
  expectTypeOf<AsyncGenerator<{ txt: string }>>().not.toExtend<EventStreamInput<Words>>();
}

/** Service objects have them as a stream of Node. */
export async function classicEvents({
  Payload,
}: Streamed<{ Payload?: EventStream<Words>; Count?: number }>): Promise<void> {
  expectTypeOf(Payload).toEqualTypeOf<EventReadable<Words> | undefined>();
  Payload?.on("data", (event) => expectTypeOf(event).toEqualTypeOf<Words>());
  Payload?.on("error", (error) => expectTypeOf(error.code).toEqualTypeOf<string>());
  Payload?.on("end", () => {});
  expectTypeOf<EventReadable<Words>>().toExtend<AsyncIterable<Words>>();
  if (!Payload) return;
  for await (const event of Payload) if (event.text) expectTypeOf(event.text.text).toEqualTypeOf<string>();
  Payload.destroy();
}
