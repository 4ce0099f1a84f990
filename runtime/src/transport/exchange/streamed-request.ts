import { describeType, isBytes } from "../../schema/values.js";
import type { HttpRequest } from "../types.js";

/** What a streamed body wants of the exchange that sends it. */
export interface SendingExchange {
  /** The stream was asked for more, or has given some. */
  onSending(): void;
  /** The stream has ended, and all of it is with the HTTP client. */
  onSent(): void;
  /** The stream failed, or is none that can be sent; the exchange is to end. */
  onSourceFailure(error: unknown): void;
}

/**
 * Bytes handed to the HTTP client at once, so that a large chunk on a slow connection shows progress before it is through.
 */
const largestPart = 65_536;

/**
 * The body of a request while it is sent: reads its stream as the HTTP client asks for more, and holds it to the length
 * that is announced. It begins nothing before it is asked, and ends the stream when the exchange ends before it.
 */
export class StreamedRequest implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #stream: AsyncIterable<unknown>;
  readonly #exchange: SendingExchange;
  /** Bytes that the request's header announces; undefined where it is sent in chunks. */
  readonly #announced: number | undefined;
  #source: AsyncIterator<unknown> | undefined;
  /** What is left of a chunk larger than a part. */
  #rest: Uint8Array | undefined;
  #read = 0;
  #sent = 0;
  #steps = 0;
  #isReading = false;
  #isSent = false;
  /** Nothing more is to be read of the stream. */
  #isOver = false;
  /** Ends the wait of the HTTP client for another part. */
  #refuse: ((error: Error) => void) | undefined;
  /** Set once the exchange is over. */
  #givenUp: Error | undefined;

  constructor(stream: AsyncIterable<unknown>, headers: HttpRequest["headers"], exchange: SendingExchange) {
    const { "content-length": length } = headers;
    this.#stream = stream;
    this.#exchange = exchange;
    this.#announced = length === undefined ? undefined : Number(length);
  }

  /** Bytes handed to the HTTP client. */
  get sent(): number {
    return this.#sent;
  }

  /** Counts what happens: an unchanged number means that it stands still. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether it waits for its stream; else for the connection to take what it gave. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Whether all of it is with the HTTP client. */
  get isSent(): boolean {
    return this.#isSent;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Never ends early by itself, which would pass for a whole body: it fails, once the exchange is over. */
  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#givenUp) return Promise.reject(this.#givenUp);
    return new Promise((resolve, reject) => {
      this.#refuse = reject;
      if (!this.#isOver) void this.#next(resolve);
    });
  }

  /** The HTTP client wants no more of it. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.stop();
    return { done: true, value: undefined };
  }

  /** Reads nothing more, and ends the stream. The HTTP client goes on waiting for a next part. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // The exchange has its outcome, or gets it from the server: how the stream took its end changes nothing about it.
    void endOf(this.#source).catch(() => {});
  }

  /** The exchange is over: ends the HTTP client's wait for a next part, too. */
  end(): void {
    this.stop();
    this.#givenUp = new Error("given up");
    this.#refuse?.(this.#givenUp);
    this.#refuse = undefined;
  }

  async #next(resolve: (result: IteratorResult<Uint8Array, undefined>) => void): Promise<void> {
    this.#step(true);
    let part: Uint8Array | undefined;
    try {
      part = await this.#nextPart();
    } catch (error) {
      if (this.#isOver) return;
      this.stop();
      this.#exchange.onSourceFailure(error);
      return;
    }
    // Given up meanwhile.
    if (this.#isOver) return;
    this.#refuse = undefined;
    this.#step(false);
    if (part) {
      this.#sent += part.byteLength;
      resolve({ done: false, value: part });
    } else {
      this.#isOver = true;
      this.#isSent = true;
      this.#exchange.onSent();
      resolve({ done: true, value: undefined });
    }
  }

  #step(isReading: boolean): void {
    this.#isReading = isReading;
    this.#steps++;
    this.#exchange.onSending();
  }

  async #nextPart(): Promise<Uint8Array | undefined> {
    const chunk = this.#rest ?? (await this.#nextChunk());
    if (!chunk || chunk.byteLength <= largestPart) {
      this.#rest = undefined;
      return chunk;
    }
    this.#rest = chunk.subarray(largestPart);
    return chunk.subarray(0, largestPart);
  }

  async #nextChunk(): Promise<Uint8Array | undefined> {
    for (;;) {
      const { done, value } = await this.#nextOfStream();
      if (done) {
        this.#source = undefined;
        if (this.#announced !== undefined && this.#read !== this.#announced) throw this.#mismatch("only");
        return undefined;
      }
      if (!isBytes(value)) throw new TypeError(`it gave ${describeType(value)} instead of bytes (Uint8Array)`);
      this.#read += value.byteLength;
      if (this.#announced !== undefined && this.#read > this.#announced) throw this.#mismatch("at least");
      if (value.byteLength > 0) return value;
    }
  }

  /** An iterator that failed is not told to end. */
  async #nextOfStream(): Promise<IteratorResult<unknown, unknown>> {
    try {
      this.#source ??= this.#stream[Symbol.asyncIterator]();
      return await this.#source.next();
    } catch (error) {
      this.#source = undefined;
      throw error;
    }
  }

  #mismatch(howFar: string): Error {
    return new Error(`it gave ${howFar} ${this.#read} bytes, but content-length announces ${this.#announced}`);
  }
}

async function endOf(source: AsyncIterator<unknown> | undefined): Promise<void> {
  await source?.return?.();
}
