import { AbortedError } from "../../errors/client.js";
import type { ResponseStream } from "../../schema/http.js";

/** What a streaming body of a response needs from its exchange. */
export interface ReceivingExchange {
  /** A reader waits for data. */
  onWanted(): void;
  /** No reader waits any more. */
  onSatisfied(): void;
  /** The buffer is full until a reader needs more. */
  onFull(): void;
  /** Nothing more will be read. */
  onAbandoned(): void;
}

/** Bytes to buffer before the connection is paused. Without a buffer, small chunks would pause it each time. */
const enough = 65_536;

interface Waiting {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/** The streaming body of a response, between the HTTP client and its reader. */
export class StreamedResponse implements ResponseStream {
  readonly #exchange: ReceivingExchange;
  /** Chunks that were received and not read. */
  #chunks: Uint8Array[] = [];
  #buffered = 0;
  /** Waiting readers; more than one only if `next` is called again before the last call settled. */
  readonly #waiting: Waiting[] = [];
  #isStarted = false;
  /** No more chunks will come. */
  #isOver = false;
  /** The error, if the body did not end normally; for the next reader. */
  #error: Error | undefined;

  constructor(exchange: ReceivingExchange) {
    this.#exchange = exchange;
  }

  /** Whether reading has started. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isWanted(): boolean {
    return this.#waiting.length > 0;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    if (this.#isStarted) throw new TypeError("The body of this response is in use or consumed: it can be read once.");
    this.#isStarted = true;
    return { next: () => this.#next(), return: async () => this.#leave() };
  }

  cancel(): void {
    if (this.#isOver && this.#chunks.length === 0) return;
    this.discard();
    this.#finish(new AbortedError("The body of this response was cancelled."));
    this.#exchange.onAbandoned();
  }

  push(chunk: Uint8Array): void {
    if (this.#isOver) return;
    const reader = this.#waiting.shift();
    if (reader) {
      if (this.#waiting.length === 0) this.#exchange.onSatisfied();
      reader.resolve({ done: false, value: chunk });
      return;
    }
    this.#chunks.push(chunk);
    this.#buffered += chunk.byteLength;
    if (this.#buffered >= enough) this.#exchange.onFull();
  }

  /** The body has ended. */
  end(): void {
    if (!this.#isOver) this.#finish(undefined);
  }

  /** The body failed. Chunks received before are read first. */
  fail(error: Error): void {
    if (!this.#isOver) this.#finish(error);
  }

  /** Drops chunks that were received and not read. */
  discard(): void {
    this.#chunks = [];
    this.#buffered = 0;
  }

  #finish(error: Error | undefined): void {
    this.#isOver = true;
    this.#error = error;
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      const failed = this.#takeError();
      if (failed) reject(failed);
      else resolve({ done: true, value: undefined });
    }
  }

  #takeError(): Error | undefined {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#chunks.shift();
    if (chunk) {
      this.#buffered -= chunk.byteLength;
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#isOver) {
      const error = this.#takeError();
      return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length === 1) this.#exchange.onWanted();
    });
  }

  /** The reader stops before the end, or at it. */
  #leave(): IteratorResult<Uint8Array, undefined> {
    this.discard();
    this.#finish(undefined);
    this.#exchange.onAbandoned();
    return { done: true, value: undefined };
  }
}
