import { maximumDepth, type ValidationRules } from "./types.js";
import type {
  BigNumberMember,
  BlobMember,
  ListMember,
  MapMember,
  Member,
  NumberMember,
  StringMember,
  StructureShape,
  UnionShape,
} from "../schema/shapes.js";

/** Place of a value in its parent; undefined for the input itself. */
export type Key = string | number | undefined;

/** One validation under way: where it stands and what it found. */
export class ValidationContext {
  readonly problems: Problem[] = [];
  readonly rules: ValidationRules;
  readonly #path: (string | number)[] = [];
  /** How many sensitive members enclose the place: their values stay out of messages. */
  #sensitive = 0;
  #isTooDeep = false;

  constructor(rules: ValidationRules) {
    this.rules = rules;
  }

  /** Steps into a member; false (and a problem) where the value is nested beyond measure. */
  enter(key: Key, sensitive?: boolean): boolean {
    // Told once, and then the end: what refers to itself in two places has more ways down than there is time.
    if (this.#isTooDeep) return false;
    if (this.#path.length >= maximumDepth) {
      this.#isTooDeep = true;
      this.report(key, { rule: "type", tooDeep: true });
      return false;
    }
    if (key !== undefined) this.#path.push(key);
    if (sensitive) this.#sensitive++;
    return true;
  }

  leave(key: Key, sensitive?: boolean): void {
    if (key !== undefined) this.#path.pop();
    if (sensitive) this.#sensitive--;
  }

  report(key: Key, breach: Breach): void {
    const path = key === undefined ? [...this.#path] : [...this.#path, key];
    this.problems.push({ path, breach, sensitive: this.#sensitive > 0 });
  }

  /** Puts the problems from the one at `start` on, which are of members of the place, into the order of `names`. */
  sort(start: number, names: readonly string[]): void {
    const depth = this.#path.length;
    const rank = ({ path }: Problem): number => {
      const index = names.indexOf(String(path[depth]));
      return index < 0 ? names.length : index;
    };
    this.problems.push(...this.problems.splice(start).toSorted((left, right) => rank(left) - rank(right)));
  }
}

/** What may carry `smithy.api#length`. */
export type MeasuredMember = StringMember | BlobMember | ListMember | MapMember;

/**
 * One breach of the model as the checks find it: the descriptor that is broken and what it was found with, no words.
 * Sizes are noted, since the owner of the input may change it before it is put in words.
 */
export type Breach =
  | { readonly rule: "required" }
  | { readonly rule: "type"; readonly wanted: Member | StructureShape | UnionShape; readonly value: unknown }
  /** Null or undefined where a list or map has to have a value. */
  | { readonly rule: "type"; readonly hole: unknown }
  | { readonly rule: "type"; readonly tooDeep: true }
  | { readonly rule: "unknown"; readonly shape: StructureShape | UnionShape; readonly name: string }
  | { readonly rule: "union"; readonly shape: UnionShape; readonly set: readonly string[] }
  | { readonly rule: "length"; readonly member: MeasuredMember; readonly size: number }
  | { readonly rule: "range"; readonly member: NumberMember | BigNumberMember; readonly value: number }
  | { readonly rule: "pattern"; readonly member: StringMember; readonly value: string }
  | { readonly rule: "enum"; readonly member: StringMember | NumberMember; readonly value: string | number }
  | { readonly rule: "uniqueItems" };

/** A breach and where it is. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly breach: Breach;
  /** True inside a sensitive member: the value must not be shown. */
  readonly sensitive: boolean;
}
