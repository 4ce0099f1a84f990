import { describeType, isBytes } from "../../schema/values.js";
import type { HttpRequest } from "../../schema/http.js";

/** What a streaming body needs from the exchange that sends it. */
export interface SendingExchange {
  /** A chunk of the stream is awaited, or has arrived. */
  onSending(): void;
  /** The stream has ended, and the HTTP client has all of it. */
  onSent(): void;
  /** The stream failed or is invalid; the exchange has to end. */
  onSourceFailure(error: unknown): void;
}

/**
 * Max bytes passed to the HTTP client at once, so that a large chunk on a slow connection shows progress before it is
 * sent.
 */
const largestPart = 65_536;

/**
 * The body of a request while it is sent. Reads its stream as the HTTP client requests more, and enforces the announced
 * length. It starts no stream before the first request for data, and ends the stream if the exchange ends first.
 */
export class StreamedRequest implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #stream: AsyncIterable<unknown>;
  readonly #exchange: SendingExchange;
  /** Bytes that `content-length` announces; undefined if the body is sent chunked. */
  readonly #announced: number | undefined;
  #source: AsyncIterator<unknown> | undefined;
  /** The rest of a chunk larger than a part. */
  #rest: Uint8Array | undefined;
  #read = 0;
  #sent = 0;
  #steps = 0;
  #isReading = false;
  #isSent = false;
  /** The stream is not to be read any further. */
  #isOver = false;
  /** Ends the HTTP client's wait for another part. */
  #reject: ((error: Error) => void) | undefined;
  /** Set once the exchange is over. */
  #givenUp: Error | undefined;

  constructor(stream: AsyncIterable<unknown>, headers: HttpRequest["headers"], exchange: SendingExchange) {
    const { "content-length": length } = headers;
    this.#stream = stream;
    this.#exchange = exchange;
    this.#announced = length === undefined ? undefined : Number(length);
  }

  /** Bytes passed to the HTTP client. */
  get sent(): number {
    return this.#sent;
  }

  /** Number of events: an unchanged number means no progress. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether it waits for its stream; else for the connection to accept a part. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Whether the HTTP client has all of it. */
  get isSent(): boolean {
    return this.#isSent;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Never ends early, because that would pass for a complete body. It fails once the exchange is over. */
  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#givenUp) return Promise.reject(this.#givenUp);
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (!this.#isOver) void this.#next(resolve);
    });
  }

  /** The HTTP client needs no more of it. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.stop();
    return { done: true, value: undefined };
  }

  /** Stops reading, and ends the stream. The HTTP client keeps waiting for another part. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // An error of the stream's `return` changes nothing: the exchange has its outcome, or gets it from the server.
    void endOf(this.#source).catch(() => {});
  }

  /** The exchange is over: also ends the HTTP client's wait for another part. */
  end(): void {
    this.stop();
    this.#givenUp = new Error("the exchange is over");
    this.#reject?.(this.#givenUp);
    this.#reject = undefined;
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
    // Stopped meanwhile.
    if (this.#isOver) return;
    this.#reject = undefined;
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
      if (!isBytes(value)) throw new TypeError(`it returned ${describeType(value)} instead of bytes (Uint8Array)`);
      this.#read += value.byteLength;
      if (this.#announced !== undefined && this.#read > this.#announced) throw this.#mismatch("at least");
      if (value.byteLength > 0) return value;
      if (this.#isOver) return undefined;
      // Nothing to send, but the stream has not stalled.
      this.#step(true);
    }
  }

  /** `return` is not called on an iterator that failed. */
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
    return new Error(`it returned ${howFar} ${this.#read} bytes, but content-length announces ${this.#announced}`);
  }
}

async function endOf(source: AsyncIterator<unknown> | undefined): Promise<void> {
  await source?.return?.();
}
