import type { ValidationIssue } from "../errors.js";

/** Which constraint traits are checked; required members, types and unknown members always are. */
export interface ValidationRules {
  /** Minimums of `length` and `range`. */
  readonly min?: boolean | undefined;
  /** Maximums of `length` and `range`. */
  readonly max?: boolean | undefined;
  readonly pattern?: boolean | undefined;
  readonly enum?: boolean | undefined;
  readonly uniqueItems?: boolean | undefined;
}

/** Deeper than any real input: what is nested further refers to itself. */
const maximumDepth = 256;

/** One validation under way: where it stands and what it found. */
export class ValidationContext {
  readonly issues: ValidationIssue[] = [];
  readonly rules: ValidationRules;
  readonly #path: (string | number)[] = [];
  /** How many sensitive members enclose the place: their values stay out of messages. */
  #sensitive = 0;

  constructor(rules: ValidationRules) {
    this.rules = rules;
  }

  /** Steps into a member; false (and an issue) where the value is nested beyond measure. */
  enter(key: string | number | undefined, sensitive: boolean): boolean {
    if (this.#path.length >= maximumDepth) {
      this.report(key, "type", "is nested too deeply; it may refer to itself");
      return false;
    }
    if (key !== undefined) this.#path.push(key);
    if (sensitive) this.#sensitive++;
    return true;
  }

  leave(key: string | number | undefined, sensitive: boolean): void {
    if (key !== undefined) this.#path.pop();
    if (sensitive) this.#sensitive--;
  }

  report(key: string | number | undefined, rule: ValidationIssue["rule"], message: string): void {
    this.issues.push({ path: key === undefined ? [...this.#path] : [...this.#path, key], rule, message });
  }

  /** A value for a message: quoted, cut short, and left out where it is sensitive. */
  quote(value: string | number, sensitive: boolean | undefined): string {
    if (sensitive || this.#sensitive > 0) return "the value given (sensitive, not shown)";
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
  }
}
