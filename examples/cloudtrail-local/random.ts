/** Pseudorandom numbers that are the same for the same seed, in every process. For test data only. */
export class Random {
  #state: number;

  constructor(seed: string) {
    // FNV-1a, so that similar seeds start differently.
    this.#state = 0x811c9dc5;
    for (const byte of Buffer.from(seed)) this.#state = Math.imul(this.#state ^ byte, 0x01000193);
  }

  /** 0 or more, below 2^32. Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 or more, below 1. */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number of 0 or more, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }

  /** Lower-case hexadecimal digits. */
  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join("");
  }

  /** A UUID of version 4. */
  uuid(): string {
    const variant = this.pick(["8", "9", "a", "b"]);
    return [this.hex(8), this.hex(4), `4${this.hex(3)}`, `${variant}${this.hex(3)}`, this.hex(12)].join("-");
  }
}
