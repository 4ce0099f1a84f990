import { decodeUtf8, joinBytes } from "../../text/bytes.js";
import { RejectionError } from "../rejection.js";

/** Max length of a line between chunks, in bytes. */
const maxLine = 8192;

/** Reads lines and counted bytes from a stream. */
export class ByteReader {
  readonly #parts: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#parts = source[Symbol.asyncIterator]();
  }

  /** The text up to the next CR LF. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.findIndex((byte, index) => byte === 13 && this.#held[index + 1] === 10);
      if (end !== -1) {
        const text = decodeUtf8(this.#held.subarray(0, end));
        this.#held = this.#held.subarray(end + 2);
        return text;
      }
      if (this.#held.byteLength > maxLine || !(await this.#more())) throw incomplete("a line that does not end");
    }
  }

  /** The next bytes, in chunks. */
  async *take(length: number): AsyncGenerator<Uint8Array, undefined, undefined> {
    let left = length;
    while (left > 0) {
      if (this.#held.byteLength === 0 && !(await this.#more())) throw incomplete("a chunk that is cut off");
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.byteLength);
      left -= part.byteLength;
      yield part;
    }
    return undefined;
  }

  /** Ends the source, of which the rest is not read. */
  async cancel(): Promise<void> {
    await this.#parts.return?.();
  }

  /** Whether all was read. */
  async isAtEnd(): Promise<boolean> {
    return this.#held.byteLength === 0 && !(await this.#more());
  }

  async #more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#parts.next();
      if (done) return false;
      if (value.byteLength === 0) continue;
      this.#held = joinBytes(this.#held.byteLength === 0 ? [value] : [this.#held, value]);
      return true;
    }
  }
}

export function incomplete(what: string): RejectionError {
  return new RejectionError("IncompleteBody", 400, `The body, which is aws-chunked, has ${what}`);
}
