import type { Classify, EventUnion, Received } from "./events.js";
import type { MessageSource, MessageProgress } from "./message-source.js";
import type { EventStream, EventTimeLimits } from "./types.js";

/** The call that events belong to. */
export interface EventsOwner {
  /** Name of the operation. */
  readonly operation: string;
  readonly union: EventUnion;
  readonly limits: EventTimeLimits;
  readonly progress: MessageProgress;
  readonly classify: Classify;
  /** Converts an error while reading into the one that is thrown to the caller. */
  failed(error: unknown): unknown;
}

/** The events of a response. */
export class ReceivedEvents implements EventStream<object> {
  readonly #source: MessageSource;
  readonly #owner: EventsOwner;
  #taken: "read" | "cancelled" | undefined;

  constructor(source: MessageSource, owner: EventsOwner) {
    this.#source = source;
    this.#owner = owner;
  }

  cancel(): void {
    this.#taken ??= "cancelled";
    this.#source.cancel();
  }

  [Symbol.asyncIterator](): AsyncGenerator<object, undefined, undefined> {
    if (this.#taken) {
      throw new TypeError(
        `The events of ${this.#owner.operation} were ${this.#taken} before and can be read only once`,
      );
    }
    this.#taken = "read";
    return this.#events();
  }

  async *#events(): AsyncGenerator<object, undefined, undefined> {
    const { progress, classify } = this.#owner;
    try {
      for (;;) {
        const received = await this.#next();
        if (!received) return undefined;
        if ("error" in received) throw await received.error(classify);
        if ("initial" in received) continue;
        progress.received++;
        yield received.event;
      }
    } catch (error) {
      throw this.#owner.failed(error);
    } finally {
      // Also when the caller stops early: the rest is not needed.
      this.#source.cancel();
    }
  }

  async #next(): Promise<Received | undefined> {
    const { union, limits, progress } = this.#owner;
    const option = progress.received === 0 ? "firstEventTimeout" : "eventTimeout";
    const message = await this.#source.next({ option, milliseconds: limits[option] });
    return message && union.read(message);
  }
}
