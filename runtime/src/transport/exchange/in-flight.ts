/** What is handed over before it has ended: the body of a response that is streamed. */
export interface HandedOver {
  /** The transport is closing. */
  onClosing(): void;
}

/** The exchanges of a transport that have not ended. */
export class InFlight {
  #count = 0;
  #onNone: (() => void) | undefined;
  #handedOver: Set<HandedOver> | undefined;
  #isClosing = false;

  /** Whether bodies that nobody reads are given up. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  begun(): void {
    this.#count++;
  }

  ended(): void {
    this.#count--;
    if (this.#count === 0) this.#onNone?.();
  }

  handedOver(exchange: HandedOver): void {
    this.#handedOver ??= new Set();
    this.#handedOver.add(exchange);
  }

  /** Of those that were handed over. */
  readToEnd(exchange: HandedOver): void {
    this.#handedOver?.delete(exchange);
  }

  /** Gives up bodies that nobody reads, so that the last exchange ends. */
  giveUpUnread(): void {
    this.#isClosing = true;
    for (const exchange of this.#handedOver ?? []) exchange.onClosing();
  }

  /** Settles once none is left. To be called once. */
  async none(): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      this.#onNone = resolve;
    });
  }
}

/** Why a body is given up that nobody reads while the transport is closing. */
export class Unread extends Error {
  readonly code = "UND_ERR_CLOSED";
}
