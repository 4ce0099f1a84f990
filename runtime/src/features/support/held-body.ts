import type { RequestBody } from "../../schema/http.js";

/** A streaming body that is not read before a promise resolves. */
export class HeldBody implements RequestBody {
  readonly #body: RequestBody;
  #until: Promise<void> | undefined;

  constructor(body: RequestBody) {
    this.#body = body;
  }

  get length(): number | undefined {
    return this.#body.length;
  }

  get isRepeatable(): boolean {
    return this.#body.isRepeatable;
  }

  get isConsumed(): boolean {
    return this.#body.isConsumed;
  }

  /** For the next reader. */
  holdUntil(until: Promise<void> | undefined): void {
    this.#until = until;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    const parts = this.#body[Symbol.asyncIterator]();
    let until = this.#until;
    return {
      next: async () => {
        await until;
        until = undefined;
        return parts.next();
      },
      return: async () => {
        await parts.return?.();
        return { done: true, value: undefined };
      },
    };
  }
}
