import { ResponseTooLarge } from "./response-too-large.js";
import type { ResponseStream } from "../schema/http.js";
import { decodeUtf8, joinBytes } from "../text/bytes.js";
import type { StreamingBody } from "./types.js";

/** The call that a body belongs to. */
export interface BodyOwner {
  /** Name of the operation. */
  readonly operation: string;
  /** Max bytes that `bytes()` and `text()` collect. */
  readonly maxResponseSize: number;
  /** Converts an error while reading into the one that is thrown to the caller. */
  readonly failed: (error: unknown) => unknown;
}

/** A streaming response body. It can be consumed once. */
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
    // Copied, so that the transport's buffer is not kept or shared.
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
      // No read-ahead.
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
      const advice = this.#taken === "read" ? "keep the result of the first read" : "the rest is lost";
      throw new TypeError(
        `The body of ${this.#owner.operation} was ${this.#taken} before and can be read only once: ${advice}`,
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
      // Also when the caller stops early: the rest is not needed.
      this.#source.cancel();
    }
    return undefined;
  }
}
