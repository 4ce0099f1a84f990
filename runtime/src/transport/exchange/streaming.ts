import type { HttpRequest, TransportOptions } from "../../schema/http.js";
import type { FetchStreams } from "../fetch/streams.js";
import type { ExchangeStreams } from "./streams.js";

/** The code for streaming bodies, in either direction. */
export interface Streaming {
  readonly ExchangeStreams: typeof ExchangeStreams;
  readonly FetchStreams: typeof FetchStreams;
}

let provided: Partial<Streaming> | undefined;

/** Enables streaming bodies for every transport of the program. @param code without what the platform has no use for */
export function provideStreaming(code: Partial<Streaming>): void {
  provided = code;
}

/** @throws Error in a program without an operation that streams, which never called {@link provideStreaming} */
export function streaming<Name extends keyof Streaming>(name: Name): Streaming[Name] {
  const code = provided?.[name];
  if (code) return code;
  throw new Error(
    "Call enableStreaming() of @clientsmith/runtime/transport/streaming before a streaming body is sent or received.",
  );
}

/** Rejects a streaming body before anything is sent if that code is absent. @throws Error as {@link streaming} */
export function checkStreaming(
  { stream }: HttpRequest,
  { streamed }: TransportOptions,
  name: keyof Streaming = "ExchangeStreams",
): void {
  if (stream || streamed) streaming(name);
}
