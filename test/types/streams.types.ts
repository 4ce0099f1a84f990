import type { ReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { StreamingBody, StreamingInput } from "@clientsmith/runtime";
import type { Gathered } from "@clientsmith/runtime/classic";
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
