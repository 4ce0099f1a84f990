/** An exchange whose response is returned before it has ended, with a streaming body. */
export interface ReturnedExchange {
  /** The transport is closing. */
  onClosing(): void;
}

/** The exchanges of a transport that have not ended. */
export class InFlight {
  /** Bytes of the streaming and response bodies of the exchanges that have ended. */
  transferred = 0;
  #count = 0;
  #onNone: (() => void) | undefined;
  #returned: Set<ReturnedExchange> | undefined;
  #isClosing = false;

  /** Whether unread bodies are cancelled. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  started(): void {
    this.#count++;
  }

  ended(bytes = 0): void {
    this.transferred += bytes;
    this.#count--;
    if (this.#count === 0) this.#onNone?.();
  }

  returned(exchange: ReturnedExchange): void {
    this.#returned ??= new Set();
    this.#returned.add(exchange);
  }

  /** Removes an exchange whose response was returned with a streaming body. */
  readToEnd(exchange: ReturnedExchange): void {
    this.#returned?.delete(exchange);
  }

  /** Cancels unread bodies, so that the last exchange ends. */
  cancelUnread(): void {
    this.#isClosing = true;
    for (const exchange of this.#returned ?? []) exchange.onClosing();
  }

  /** Settles once no exchange is left. Call it once. */
  async none(): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      this.#onNone = resolve;
    });
  }
}

/** The reason for cancelling an unread body while the transport is closing. */
export class Unread extends Error {
  readonly code = "UND_ERR_CLOSED";
}
