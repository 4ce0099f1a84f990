import type { HttpRequest, TransportOptions } from "../../schema/http.js";
import type { FetchStreams } from "../fetch/streams.js";
import { notEnabled } from "./not-enabled.js";
import type { ExchangeStreams } from "./streams.js";

/** The code for streaming bodies, for each kind of transport. */
export interface Streaming {
  readonly ExchangeStreams: typeof ExchangeStreams;
  readonly FetchStreams: typeof FetchStreams;
}

let provided: Partial<Streaming> | undefined;

/** Enables streaming bodies for every transport of the program. @param code what the platform needs */
export function provideStreaming(code: Partial<Streaming>): void {
  provided = { ...provided, ...code };
}

/** @throws Error in a program without an operation that streams, which never called {@link provideStreaming} */
export function streaming<Name extends keyof Streaming>(name: Name): Streaming[Name] {
  const code = provided?.[name];
  if (code) return code;
  throw notEnabled();
}

/** Rejects a streaming body before anything is sent if that code is absent. @throws Error as {@link streaming} */
export function checkStreaming(
  request: HttpRequest,
  { streamed }: TransportOptions,
  name: keyof Streaming = "ExchangeStreams",
): void {
  if (request.stream || streamed) streaming(name).check(request);
}
