/** How an output continues: the rest of its text, then pages. */
export interface Continuation {
  readonly rest: string;
  /** Requests the following pages. */
  readonly more: ((signal: AbortSignal | undefined) => Promise<Part>) | undefined;
}

/** The text of an output, and how it continues. */
export interface Part {
  readonly text: string;
  readonly more: Continuation["more"];
  /** State that the text does not contain, such as how far events were read. */
  readonly note?: string;
  /** The output ended with an error. */
  readonly failed?: boolean;
}

/** Number of outputs that can be continued. Older ones are forgotten, so that memory is bounded. */
const most = 16;

/** Characters of one output that are kept. */
const longest = 4_000_000;

/** The outputs that callers have not read to their end, by cursor. */
export class Continuations {
  readonly #kept = new Map<string, Continuation>();

  /** @returns the cursor */
  keep({ rest, more }: Continuation): string {
    const cursor = crypto.randomUUID();
    this.#kept.set(cursor, { rest: rest.slice(0, longest), more });
    const [oldest] = this.#kept.size > most ? this.#kept.keys() : [];
    if (oldest !== undefined) this.#kept.delete(oldest);
    return cursor;
  }

  at(cursor: unknown): Continuation | undefined {
    return typeof cursor === "string" ? this.#kept.get(cursor) : undefined;
  }
}
