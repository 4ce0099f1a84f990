import type { RequestBody } from "../schema/http.js";
import { isAsyncIterable, isBlob, type StreamSource } from "./types.js";

/** A request body from a source given by the caller. */
export class RequestStream implements RequestBody {
  readonly length: number | undefined;
  readonly #source: StreamSource;
  #isStarted = false;

  constructor(source: StreamSource, length?: number) {
    this.#source = source;
    this.length = length ?? (isBlob(source) ? source.size : undefined);
  }

  get isRepeatable(): boolean {
    return isBlob(this.#source);
  }

  get isConsumed(): boolean {
    return this.#isStarted && !this.isRepeatable;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    // Opened by the first `next()`, so that an attempt that fails earlier does not consume the source.
    let parts: AsyncIterator<unknown> | undefined;
    return {
      next: async () => {
        if (!parts) {
          if (this.isConsumed) throw new TypeError("The request body was consumed before and can be read only once");
          this.#isStarted = true;
          parts = open(this.#source);
        }
        const { done, value } = await parts.next();
        return done ? { done, value: undefined } : { done: false, value: bytesOf(value) };
      },
      return: async () => {
        await parts?.return?.();
        return { done: true, value: undefined };
      },
    };
  }
}

function open(source: StreamSource): AsyncIterator<unknown> {
  const parts: ReadableStream<Uint8Array> | AsyncIterable<unknown> = isBlob(source) ? source.stream() : source;
  return isAsyncIterable(parts) ? parts[Symbol.asyncIterator]() : readerOf(parts);
}

/** Not every browser can iterate over a `ReadableStream`. */
function readerOf(stream: ReadableStream<Uint8Array>): AsyncIterator<unknown> {
  const reader = stream.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    return: async () => {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

const encoder = new TextEncoder();

/** Node's streams yield text if they have an encoding. */
function bytesOf(part: unknown): Uint8Array {
  if (typeof part === "string") return encoder.encode(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  // The transport rejects anything else.
  return part as Uint8Array;
}
