import { TooComplexError } from "./budget.js";

/** Structure of a regular expression, as far as it affects how a backtracking engine processes it. */
export type RegexNode =
  /** One character of a set; `source` is a regular expression for just that set. */
  | { readonly kind: "set"; readonly source: string }
  | { readonly kind: "sequence"; readonly parts: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly options: readonly RegexNode[] }
  | { readonly kind: "repeat"; readonly of: RegexNode; readonly min: number; readonly max: number }
  /** Look-around: matches without consuming. */
  | { readonly kind: "look"; readonly of: RegexNode }
  /** `^`, `$`, `\b`: matches between characters. */
  | { readonly kind: "anchor"; readonly source: string };

const deepest = 200;

/** Parses a source that is known to compile with these flags, so it is well-formed. */
export function parseRegex(source: string, flags: string): RegexNode {
  return new RegexParser(source, flags).read();
}

class RegexParser {
  readonly #source: string;
  readonly #unicode: boolean;
  #at = 0;
  #depth = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#unicode = flags.includes("u");
  }

  read(): RegexNode {
    if (++this.#depth > deepest) throw new TooComplexError();
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    this.#depth--;
    const [only, ...others] = options;
    return only && others.length === 0 ? only : { kind: "choice", options };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#peek())) parts.push(this.#quantified(this.#atom()));
    return { kind: "sequence", parts };
  }

  #peek(): string {
    return this.#source[this.#at] ?? "";
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #quantified(of: RegexNode): RegexNode {
    const quantifier = this.#match(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (quantifier === undefined) return of;
    const [, min, comma, max] = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier) ?? [];
    if (min !== undefined) {
      const upper = max ? Number(max) : comma ? Number.POSITIVE_INFINITY : Number(min);
      return { kind: "repeat", of, min: Number(min), max: upper };
    }
    const from = quantifier.startsWith("+") ? 1 : 0;
    return { kind: "repeat", of, min: from, max: quantifier.startsWith("?") ? 1 : Number.POSITIVE_INFINITY };
  }

  #atom(): RegexNode {
    const look = this.#match(/\(\?<?[=!]/y);
    if (look !== undefined) return { kind: "look", of: this.#closed() };
    if (this.#match(/\((?:\?:|\?<[^>]*>)?/y) !== undefined) return this.#closed();
    const anchor = this.#match(/[\^$]|\\[bB]/y);
    if (anchor !== undefined) return { kind: "anchor", source: anchor };
    // The text of a back reference is only known at run time, so it counts as any text.
    if (this.#match(/\\(?:[1-9]\d*|k<[^>]*>)/y) !== undefined) {
      return { kind: "repeat", of: { kind: "set", source: "[^]" }, min: 0, max: Number.POSITIVE_INFINITY };
    }
    return { kind: "set", source: this.#set() };
  }

  #closed(): RegexNode {
    const inside = this.read();
    this.#take(")");
    return inside;
  }

  #set(): string {
    const found =
      this.#match(/\[(?:\\.|[^\\\]])*\]/sy) ??
      this.#match(/\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z])/y) ??
      this.#match(this.#unicode ? /\\./suy : /\\./sy) ??
      this.#match(this.#unicode ? /./suy : /./sy);
    if (found === undefined) throw new Error(`Not a compiled pattern: ${this.#source}`);
    return found;
  }
}
