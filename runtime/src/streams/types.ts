import { isAnyObject } from "../text/any-object.js";
import { isBytes } from "../schema/values.js";

/**
 * Value of a streaming input member. Text is sent in UTF-8. Text, bytes and a `Blob` can be sent again, so such a call
 * is retried like any other. Other sources (Node's `Readable` is an `AsyncIterable`) can be consumed only once, so such
 * a call is retried only while nothing has been read.
 */
export type StreamingInput = string | Uint8Array | StreamSource;

/** A source that is read in chunks. */
export type StreamSource = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export function isStreamingInput(value: unknown): value is StreamingInput {
  return typeof value === "string" || isBytes(value) || isStreamSource(value);
}

/** Duck-typed, because the class may come from another realm or bundle. */
export function isStreamSource(value: unknown): value is StreamSource {
  if (!isAnyObject(value) || isBytes(value)) return false;
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
 * A streaming response body. It can be consumed once, by one of these methods. Until it is read to its end or
 * cancelled, it occupies its connection. If reading fails (the connection breaks, nothing arrives for `bodyTimeout`,
 * the call's `signal` is aborted), the iteration or promise rejects with a `ClientsmithError`.
 */
export interface StreamingBody extends AsyncIterable<Uint8Array> {
  /** The whole body. Fails if it has more bytes than the client's `maxResponseSize`. */
  bytes(): Promise<Uint8Array>;
  /** The whole body as UTF-8 text, with the same limit. */
  text(): Promise<string>;
  /** A web stream, for APIs that take one: `new Response(body.stream())`. */
  stream(): ReadableStream<Uint8Array>;
  /** Discards the rest and closes the connection. */
  cancel(): void;
}
