import { isBytes } from "../schema/values.js";

/**
 * What a streamed member of an input may be. Text is sent in UTF-8. Text, bytes and a `Blob` can be sent again, so a call
 * with them is retried like any other; what else is given is read once (Node's `Readable` is an `AsyncIterable`), so such
 * a call is retried only as long as nothing of it was read.
 */
export type StreamingInput = string | Uint8Array | StreamSource;

/** What is read in parts. */
export type StreamSource = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export function isStreamingInput(value: unknown): value is StreamingInput {
  return typeof value === "string" || isBytes(value) || isStreamSource(value);
}

/** By what is needed of it: each realm and each bundle can have classes of its own. */
export function isStreamSource(value: unknown): value is StreamSource {
  if (typeof value !== "object" || value === null || isBytes(value)) return false;
  return isBlob(value) || isAsyncIterable(value) || "getReader" in value;
}

export function isBlob(value: object): value is Blob {
  const { size, stream } = value as Partial<Blob>;
  return typeof size === "number" && typeof stream === "function";
}

export function isAsyncIterable(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

/**
 * The body of an answer that is handed over as it comes. It can be read once, in one of these ways; as long as it is neither
 * read to its end nor cancelled, its connection serves no other call. A failure on the way (a connection that breaks, nothing
 * that came for `bodyTimeout`, the call's `signal`) is the error that reading it ends with.
 */
export interface StreamingBody extends AsyncIterable<Uint8Array> {
  /** All of it. One of more bytes than the client's `maxResponseSize` is an error. */
  bytes(): Promise<Uint8Array>;
  /** All of it, as text in UTF-8, within the same limit. */
  text(): Promise<string>;
  /** As a stream of the web, for what takes one: `new Response(body.stream())`. */
  stream(): ReadableStream<Uint8Array>;
  /** Gives up what was not read, and the connection with it. */
  cancel(): void;
}
