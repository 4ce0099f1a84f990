/** An exchange whose response is returned before it has ended, with a streaming body. */
export interface HandedOver {
  /** The transport is closing. */
  onClosing(): void;
}

/** The exchanges of a transport that have not ended. */
export class InFlight {
  /** Bytes of the streaming and response bodies of the exchanges that have ended. */
  transferred = 0;
  #count = 0;
  #onNone: (() => void) | undefined;
  #handedOver: Set<HandedOver> | undefined;
  #isClosing = false;

  /** Whether unread bodies are cancelled. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  begun(): void {
    this.#count++;
  }

  ended(bytes = 0): void {
    this.transferred += bytes;
    this.#count--;
    if (this.#count === 0) this.#onNone?.();
  }

  handedOver(exchange: HandedOver): void {
    this.#handedOver ??= new Set();
    this.#handedOver.add(exchange);
  }

  /** Removes an exchange whose response was returned with a streaming body. */
  readToEnd(exchange: HandedOver): void {
    this.#handedOver?.delete(exchange);
  }

  /** Cancels unread bodies, so that the last exchange ends. */
  giveUpUnread(): void {
    this.#isClosing = true;
    for (const exchange of this.#handedOver ?? []) exchange.onClosing();
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
