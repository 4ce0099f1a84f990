import { nameOf } from "../source/ids.js";
import type { ShapeId } from "../model.js";

/** Max number of suggestions for a file, because each one compares all shapes. */
const most = 100;

/** Finds the shape that a misspelled ID most likely means: it differs by case, namespace or one letter. */
export class Suggestions {
  readonly #ids: Iterable<ShapeId>;
  #candidates: readonly { readonly id: ShapeId; readonly lower: string; readonly name: string }[] | undefined;
  readonly #known = new Map<string, ShapeId | undefined>();

  constructor(ids: Iterable<ShapeId>) {
    this.#ids = ids;
  }

  near(wanted: string): ShapeId | undefined {
    if (this.#known.has(wanted)) return this.#known.get(wanted);
    if (this.#known.size >= most) return undefined;
    const lower = wanted.toLowerCase();
    const name = nameOf(wanted).toLowerCase();
    this.#candidates ??= [...this.#ids].map((id) => ({ id, lower: id.toLowerCase(), name: nameOf(id).toLowerCase() }));
    const found =
      this.#candidates.find((each) => each.lower === lower) ??
      this.#candidates.find((each) => each.name === name) ??
      this.#candidates.find((each) => differsByOne(each.lower, lower));
    this.#known.set(wanted, found?.id);
    return found?.id;
  }
}

/** Whether one letter is changed, missing or added. */
function differsByOne(left: string, right: string): boolean {
  const longer = left.length >= right.length ? left : right;
  const shorter = longer === left ? right : left;
  if (longer.length - shorter.length > 1) return false;
  let start = 0;
  while (start < shorter.length && longer[start] === shorter[start]) start++;
  const rest = shorter.slice(longer.length === shorter.length ? start + 1 : start);
  return longer.slice(start + 1) === rest;
}
