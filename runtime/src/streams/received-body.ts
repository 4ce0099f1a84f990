import { ResponseTooLarge } from "../transport/limits.js";
import type { ResponseStream } from "../transport/types.js";
import { decodeUtf8, joinBytes } from "../text/bytes.js";
import type { StreamingBody } from "./types.js";

/** What a body belongs to. */
export interface BodyOwner {
  /** Name of the operation. */
  readonly operation: string;
  /** Bytes that are collected at most. */
  readonly maxResponseSize: number;
  /** The error that reading ends with, for one on the way. */
  readonly failed: (error: unknown) => unknown;
}

/** The body that a transport hands over, read once. */
export class ReceivedBody implements StreamingBody, ResponseStream {
  readonly #source: ResponseStream;
  readonly #owner: BodyOwner;
  #taken: "read" | "cancelled" | undefined;

  constructor(source: ResponseStream, owner: BodyOwner) {
    this.#source = source;
    this.#owner = owner;
  }

  async bytes(): Promise<Uint8Array> {
    const { maxResponseSize } = this.#owner;
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of this.#take()) {
      length += part.byteLength;
      if (length > maxResponseSize) throw this.#owner.failed(new ResponseTooLarge(maxResponseSize));
      parts.push(part);
    }
    // On memory of their own, whatever the transport's lie in.
    return parts.length === 1 ? new Uint8Array(joinBytes(parts)) : joinBytes(parts);
  }

  async text(): Promise<string> {
    return decodeUtf8(await this.bytes());
  }

  stream(): ReadableStream<Uint8Array> {
    const parts = this.#take();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => this.cancel(),
      },
      // Nothing is fetched ahead of its reader.
      { highWaterMark: 0 },
    );
  }

  cancel(): void {
    this.#taken ??= "cancelled";
    this.#source.cancel();
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, undefined, undefined> {
    return this.#take();
  }

  #take(): AsyncGenerator<Uint8Array, undefined, undefined> {
    if (this.#taken) {
      const advice = this.#taken === "read" ? "keep what was read the first time" : "what was not read is gone";
      throw new TypeError(
        `The body of ${this.#owner.operation} was ${this.#taken} before and can be read once: ${advice}`,
      );
    }
    this.#taken = "read";
    return this.#parts();
  }

  async *#parts(): AsyncGenerator<Uint8Array, undefined, undefined> {
    try {
      yield* this.#source;
    } catch (error) {
      throw this.#owner.failed(error);
    } finally {
      // Whoever stops in the middle wants no more of it.
      this.#source.cancel();
    }
    return undefined;
  }
}
