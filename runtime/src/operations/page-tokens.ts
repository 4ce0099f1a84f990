import { isAnyObject } from "../text/any-object.js";
import type { Pagination } from "../schema/pagination.js";

/** Whether an output indicates that there are no more pages, although it may have a token. */
export function isLastPage({ moreResults }: Pick<Pagination, "moreResults">, output: unknown): boolean {
  return moreResults !== undefined && !memberAt(output, moreResults);
}

/** Whether an output member is the token of another page: not absent, and no empty text, map or list. */
export function isToken(value: unknown): boolean {
  // The keys of a text are the indices of its characters.
  return typeof value === "number" || Object.keys(value ?? "").length > 0;
}

/** Whether two tokens, or lists of tokens, are equal. Most are strings; DynamoDB's is a map. */
export function isSameToken(left: unknown, right: unknown): boolean {
  return left === right || (typeof left === "object" && keyOf(left) === keyOf(right));
}

/** Number of tokens that are kept, so that long listings need a bounded amount of memory. */
const maxRecent = 10_000;

/**
 * Recognizes a token that was sent before and would lead back to earlier pages. A cycle of up to 10,000 pages is found at
 * once. A longer one is found by Brent's algorithm, in its second or third round.
 */
export class SentTokens {
  readonly #recent = new Set<string>();
  #count = 0;
  #power = 1;
  #anchor: string | undefined;

  add(token: unknown): void {
    const key = keyOf(token);
    this.#recent.add(key);
    const [oldest] = this.#recent.size > maxRecent ? this.#recent : [];
    if (oldest !== undefined) this.#recent.delete(oldest);
    if (++this.#count < this.#power) return;
    this.#power *= 2;
    this.#anchor = key;
  }

  has(token: unknown): boolean {
    const key = keyOf(token);
    return this.#recent.has(key) || key === this.#anchor;
  }
}

function keyOf(token: unknown): string {
  return typeof token === "string" ? token : JSON.stringify(token);
}

/** The value at a path of member names; undefined if there is none. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isAnyObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** The items of a list, or the entries of a map. */
export function itemsOf(value: unknown): Iterable<unknown> {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : Object.entries(value);
}
