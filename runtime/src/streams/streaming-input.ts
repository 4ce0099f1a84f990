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
