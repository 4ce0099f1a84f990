import { AbortedError } from "../../errors/client.js";
import type { ResponseStream } from "../types.js";

/** What the body of a response wants of the exchange that it comes with. */
export interface ReceivingExchange {
  /** A reader waits for more. */
  onWanted(): void;
  /** No reader waits any more. */
  onSatisfied(): void;
  /** As much is kept as should be, until a reader wants more. */
  onFull(): void;
  /** Nothing more will be read. */
  onAbandoned(): void;
}

/** Bytes kept for a reader to come; more than that, the connection is paused. Small chunks would else pause it each time. */
const enough = 65_536;

interface Waiting {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/** The body of a response, between the HTTP client that brings it and who reads it. */
export class StreamedResponse implements ResponseStream {
  readonly #exchange: ReceivingExchange;
  /** Came and were not read. */
  #chunks: Uint8Array[] = [];
  #kept = 0;
  /** Readers that wait; more than one only where `next` is called without waiting for the last. */
  readonly #waiting: Waiting[] = [];
  #isBegun = false;
  /** Nothing more will come. */
  #isOver = false;
  /** Why, where that is not the body's end; for the next who reads. */
  #error: Error | undefined;

  constructor(exchange: ReceivingExchange) {
    this.#exchange = exchange;
  }

  /** Whether somebody has begun to read it. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  get isWanted(): boolean {
    return this.#waiting.length > 0;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    if (this.#isBegun) throw new TypeError("The body of this response is being read already, or was: it comes once.");
    this.#isBegun = true;
    return { next: () => this.#next(), return: async () => this.#leave() };
  }

  cancel(): void {
    if (this.#isOver && this.#chunks.length === 0) return;
    this.discard();
    this.#finish(new AbortedError("The body of this response was given up (cancel)."));
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
    this.#kept += chunk.byteLength;
    if (this.#kept >= enough) this.#exchange.onFull();
  }

  /** It came to its end. */
  end(): void {
    if (!this.#isOver) this.#finish(undefined);
  }

  /** It comes to no end; what came before is read first. */
  fail(error: Error): void {
    if (!this.#isOver) this.#finish(error);
  }

  /** What came and was not read is not to be read any more. */
  discard(): void {
    this.#chunks = [];
    this.#kept = 0;
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
      this.#kept -= chunk.byteLength;
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

  /** The reader leaves before the end, or at it. */
  #leave(): IteratorResult<Uint8Array, undefined> {
    this.discard();
    this.#finish(undefined);
    this.#exchange.onAbandoned();
    return { done: true, value: undefined };
  }
}
