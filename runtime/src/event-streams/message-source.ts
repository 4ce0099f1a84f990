import { TimeoutError } from "../errors/client.js";
import type { EventProgress } from "../errors/base.js";
import type { ResponseStream } from "../schema/http.js";
import { MessageDecoder } from "./decoder.js";
import type { EventMessage } from "./message.js";
import { withTimeLimit } from "./time-limit.js";

export type MessageProgress = { -readonly [Count in keyof EventProgress]: EventProgress[Count] };

/** How long to wait for a message, and the option that sets it. */
export interface MessageLimit {
  readonly option: string;
  readonly milliseconds: number;
}

/** The messages in the body of a response, read one by one. */
export class MessageSource {
  readonly #stream: ResponseStream;
  readonly #operation: string;
  readonly #bodyTimeout: number;
  readonly #progress: MessageProgress;
  readonly #decoder = new MessageDecoder();
  #chunks: AsyncIterator<Uint8Array> | undefined;
  #unread: EventMessage | undefined;

  /** @param bodyTimeout max silence within a message */
  constructor(stream: ResponseStream, operation: string, bodyTimeout: number, progress: MessageProgress) {
    this.#stream = stream;
    this.#operation = operation;
    this.#bodyTimeout = bodyTimeout;
    this.#progress = progress;
  }

  /**
   * The next message; undefined at the end. Fails with the errors of a `ResponseStream`, a `TimeoutError` or a
   * `MalformedMessage`.
   */
  async next(limit: MessageLimit): Promise<EventMessage | undefined> {
    const unread = this.#unread;
    this.#unread = undefined;
    if (unread) return unread;
    this.#chunks ??= this.#stream[Symbol.asyncIterator]();
    for (;;) {
      const message = this.#decoder.next();
      if (message) return message;
      const { option, milliseconds } = this.#decoder.isWithinMessage ? this.#within() : limit;
      const { done, value } = await withTimeLimit(this.#chunks.next(), milliseconds, () =>
        this.#late(option, milliseconds),
      );
      if (done) {
        this.#decoder.end();
        return undefined;
      }
      this.#progress.receivedBytes += value.byteLength;
      this.#decoder.push(value);
    }
  }

  /** Makes a message the next one again. */
  unread(message: EventMessage | undefined): void {
    this.#unread = message;
  }

  cancel(): void {
    this.#stream.cancel();
  }

  #within(): MessageLimit {
    return { option: "bodyTimeout", milliseconds: this.#bodyTimeout };
  }

  #late(option: string, limit: number): TimeoutError {
    const { received, receivedBytes } = this.#progress;
    const what = this.#decoder.isWithinMessage ? "an event stalled" : "no event arrived";
    return new TimeoutError(
      `${this.#operation} timed out after ${limit} ms (option ${option}): ${what}, after ${received} events and ${receivedBytes} bytes.`,
      { phase: "body", limit },
    );
  }
}
