import { isAsyncIterable, isBlob, type StreamSource } from "./types.js";

/** The body of a request in parts. Each attempt iterates over it. */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** Bytes that it has, where that is known. */
  readonly length: number | undefined;
  /** It can be read any number of times. */
  readonly isRepeatable: boolean;
  /** Something was read of it, and it cannot be read again. */
  readonly isSpent: boolean;
}

/** What a caller gave, as a body. */
export class RequestStream implements RequestBody {
  readonly length: number | undefined;
  readonly #source: StreamSource;
  #isBegun = false;

  constructor(source: StreamSource, length?: number) {
    this.#source = source;
    this.length = length ?? (isBlob(source) ? source.size : undefined);
  }

  get isRepeatable(): boolean {
    return isBlob(this.#source);
  }

  get isSpent(): boolean {
    return this.#isBegun && !this.isRepeatable;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    // Opened by the first part that is asked for: an attempt that comes to nothing before leaves the source as it was.
    let parts: AsyncIterator<unknown> | undefined;
    return {
      next: async () => {
        if (!parts) {
          if (this.isSpent) throw new TypeError("The body was read already, and can be read only once");
          this.#isBegun = true;
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

/** Not every browser can iterate over its streams. */
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

/** Streams of Node give text where they were told an encoding. */
function bytesOf(part: unknown): Uint8Array {
  if (typeof part === "string") return encoder.encode(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  // What is none, the transport refuses: it cannot be sent.
  return part as Uint8Array;
}
