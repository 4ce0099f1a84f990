import type { RequestBody } from "../schema/http.js";
import { decodeHex } from "../text/bytes.js";
import type { EventSigner } from "../signing/sign-event.js";
import { encodeMessage } from "./encode.js";
import { encodeHeaders } from "./headers.js";
import type { EventHeader, EventMessage } from "./message.js";
import type { MessageProgress } from "./message-source.js";

/** Signs the messages of one attempt. */
export interface MessageSigner {
  readonly signer: EventSigner;
  /** The time of signing. */
  now(): Date;
}

/** What is sent. */
export interface EventsToSend {
  readonly source: AsyncIterable<unknown>;
  /** The message of an event. Throws for an invalid one. */
  write(event: unknown): EventMessage;
  /** The members of the input besides the stream, in protocols without HTTP bindings. */
  readonly initial: EventMessage | undefined;
  /** Max silence of the source in milliseconds until the transport learns that it is still being read; 0: never. */
  readonly pulse: number;
  readonly progress: MessageProgress;
}

const nothing = new Uint8Array();

/** The body of a request that consists of events. Its source is started by the first request for an event. */
export class SentEvents implements RequestBody {
  readonly length = undefined;
  readonly isRepeatable = false;
  /** Set for each attempt; undefined for unsigned events. */
  signing: MessageSigner | undefined;
  readonly #given: EventsToSend;
  #source: AsyncIterator<unknown> | undefined;
  #failure: unknown;
  #stopWaiting: (() => void) | undefined;

  constructor(given: EventsToSend) {
    this.#given = given;
  }

  get isConsumed(): boolean {
    return this.#source !== undefined;
  }

  get failure(): unknown {
    return this.#failure;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    const { initial } = this.#given;
    const frames = this.#frames();
    let first = initial && this.#signed(encodeMessage(initial));
    return {
      next: async () => {
        if (!first) return frames.next();
        const value = first;
        first = undefined;
        return { done: false, value };
      },
      return: async () => {
        // The source may never settle the promise of its next event.
        this.#stopWaiting?.();
        await this.#source?.return?.();
        return { done: true, value: undefined };
      },
    };
  }

  async *#frames(): AsyncGenerator<Uint8Array, undefined, undefined> {
    const { source, progress } = this.#given;
    this.#source = source[Symbol.asyncIterator]();
    for (;;) {
      const pending = Promise.resolve(this.#source.next());
      while (await this.#isSilent(pending)) yield nothing;
      const { done, value } = await pending;
      if (done) break;
      const frame = this.#signed(this.#encode(value));
      progress.sent++;
      progress.sentBytes += frame.byteLength;
      yield frame;
    }
    // A signed stream ends with a signature over nothing.
    if (this.signing) yield this.#signed(nothing);
    return undefined;
  }

  /** Whether the source has still nothing to send after a while. */
  #isSilent(pending: Promise<unknown>): Promise<boolean> {
    const { pulse } = this.#given;
    if (pulse <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), pulse);
      const settled = (): void => {
        clearTimeout(timer);
        resolve(false);
      };
      this.#stopWaiting = settled;
      pending.then(settled, settled);
    });
  }

  #encode(event: unknown): Uint8Array {
    try {
      return encodeMessage(this.#given.write(event));
    } catch (error) {
      this.#failure = error;
      // Nothing else ends the source: its error changes nothing.
      void Promise.resolve(this.#source?.return?.()).catch(() => {});
      throw error;
    }
  }

  #signed(payload: Uint8Array): Uint8Array {
    if (!this.signing) return payload;
    const { signer, now } = this.signing;
    const date = now();
    const headers: Record<string, EventHeader> = { ":date": { type: "timestamp", value: date } };
    const signature = signer.sign(date, encodeHeaders(headers), payload);
    headers[":chunk-signature"] = { type: "binary", value: decodeHex(signature) };
    return encodeMessage({ headers, payload });
  }
}
