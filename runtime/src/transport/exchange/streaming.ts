import type { HttpRequest, TransportOptions } from "../types.js";
import type { StreamedRequest } from "./streamed-request.js";
import type { StreamedResponse } from "./streamed-response.js";

/** The code that moves streaming bodies, in either direction. */
export interface Streaming {
  readonly StreamedRequest: typeof StreamedRequest;
  readonly StreamedResponse: typeof StreamedResponse;
  /** The body of a streaming request, for `fetch`. */
  fetchBody(streamed: StreamedRequest): ReadableStream<Uint8Array>;
}

let provided: Streaming | undefined;

/** Makes every transport of the program able to move streaming bodies. */
export function provideStreaming(code: Streaming): void {
  provided = code;
}

/** @throws Error in a program without an operation that streams, which never called {@link provideStreaming} */
export function streaming(): Streaming {
  if (provided) return provided;
  throw new Error(
    "Call enableStreaming() of @clientsmith/runtime/transport/streaming before a streaming body is sent or received.",
  );
}

/** Rejects what would need that code, before anything is sent. @throws Error as {@link streaming} */
export function checkStreaming({ stream }: HttpRequest, { streamed }: TransportOptions): void {
  if (stream || streamed) streaming();
}
