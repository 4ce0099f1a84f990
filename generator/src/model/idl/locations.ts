import type { Tree } from "../source/locate.js";
import type { Path } from "../source/source.js";

/** Something with keys: an object or a list of the JSON that a file of IDL is translated to. */
export type Holder = Record<string, unknown> | unknown[];

/** Sets a key of an object, be it `__proto__`, or an item of a list. */
export function put(holder: Holder, key: string | number, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  } else (holder as Record<string | number, unknown>)[key] = value;
}

/** The offsets in a text of the keys of the JSON that it was translated to. */
export class Locations {
  /** Keys and their offsets in turn: most objects have few, and maps of their own would cost more than the reading. */
  readonly #offsets = new Map<Holder, (string | number)[]>();
  readonly #indexes = new Map<Holder, ReadonlyMap<string | number, number>>();
  readonly #digits = new Map<Holder, string>();

  set(holder: Holder, key: string | number, offset: number): void {
    const known = this.#offsets.get(holder);
    if (known) known.push(key, offset);
    else this.#offsets.set(holder, [key, offset]);
  }

  /** Keeps the digits of a default value, for which a number may have no room. */
  setDigits(traits: Holder, text: string): void {
    this.#digits.set(traits, text);
  }

  /** The locations as a tree below some JSON. */
  below(root: Holder): Tree {
    return {
      follow: (path) => this.#follow(root, path),
      textAt: (path) => {
        const { holder, length } = this.#follow(root, path);
        return holder && length === path.length ? this.#digits.get(holder) : undefined;
      },
    };
  }

  #indexOf(holder: Holder): ReadonlyMap<string | number, number> {
    const known = this.#indexes.get(holder);
    if (known) return known;
    const entries = this.#offsets.get(holder) ?? [];
    const index = new Map<string | number, number>();
    for (let at = 0; at < entries.length; at += 2) index.set(entries[at] ?? "", Number(entries[at + 1]));
    this.#indexes.set(holder, index);
    return index;
  }

  /** Follows a path as far as there is JSON for it; a key without a location has that of its holder. */
  #follow(
    root: Holder,
    path: Path,
  ): { readonly holder: Holder | undefined; readonly offset: number; readonly length: number } {
    let holder: Holder | undefined;
    let value: unknown = root;
    let offset = 0;
    let length = 0;
    for (const key of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
      holder = value as Holder;
      offset = this.#indexOf(holder).get(key) ?? offset;
      value = (value as Record<string | number, unknown>)[key];
      length += 1;
    }
    return { holder, offset, length };
  }
}
