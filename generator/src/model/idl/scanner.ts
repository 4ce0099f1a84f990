import { printable } from "../source/quote.js";
import { parseString, parseTextBlock } from "./strings.js";

/** A problem that breaks a statement: it is reported, then reading continues behind the statement. */
export class SyntaxProblem extends Error {
  override readonly name = "SyntaxProblem";
  readonly code: string;
  readonly offset: number;
  /** Where to look for what comes next: behind a string that is wrong, at the start of one without end. */
  readonly resume: number;

  constructor(message: string, offset: number, { code = "invalid-syntax", resume = offset } = {}) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.resume = resume;
  }
}

/** A number in the text, and where it is. */
export interface NumberToken {
  readonly text: string;
  readonly value: number;
}

const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const comma = 44;
const slash = 47;
const backslash = 92;
const underscore = 95;

const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const numberStart = /-?\d*(?:\.\d*)?(?:[eE][+-]?\d*)?/y;

/**
 * Reads the words and signs of Smithy IDL, and knows where it is in the text.
 *
 * @see https://smithy.io/2.0/spec/idl.html#smithy-idl-abnf
 */
export class Scanner {
  readonly text: string;
  offset = 0;
  /** Lines of documentation since they were last taken, with where the first of them begins. */
  #documentation: { readonly offset: number; readonly lines: string[] } | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.length;
  }

  at(sign: string): boolean {
    return this.text.startsWith(sign, this.offset);
  }

  /** Whether a word is next, and does not go on. */
  atWord(word: string): boolean {
    return this.at(word) && !isWordPart(this.text.charCodeAt(this.offset + word.length));
  }

  /** @throws SyntaxProblem where another sign, or none, is next. */
  expect(sign: string, what: string): void {
    if (!this.at(sign) || (sign === ":" && this.at(":="))) throw this.unexpected(what);
    this.offset += sign.length;
  }

  accept(sign: string): boolean {
    const isNext = this.at(sign);
    if (isNext) this.offset += sign.length;
    return isNext;
  }

  /** Blanks within a line. */
  skipSpaces(): void {
    while (isBlank(this.text.charCodeAt(this.offset))) this.offset += 1;
  }

  skipSpacesAndCommas(): void {
    for (this.skipSpaces(); this.accept(","); this.skipSpaces());
  }

  expectSpace(): void {
    if (!isBlank(this.text.charCodeAt(this.offset))) throw this.unexpected("a space");
    this.skipSpaces();
  }

  /** Everything between two words: blanks, line ends, commas and comments. Documentation is kept for {@link documentation}. */
  skipWhitespace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.offset);
      if (code === space || code === lineFeed || code === comma || code === tab || code === carriageReturn) {
        this.offset += 1;
      } else if (code === slash && this.text.charCodeAt(this.offset + 1) === slash) this.#skipComment();
      else return;
    }
  }

  /**
   * The end of a line, after any commas and a comment, or that of the text. What is documented on that line is not what
   * follows.
   */
  expectLineEnd(what = "a line break"): void {
    this.skipSpacesAndCommas();
    const code = this.text.charCodeAt(this.offset);
    if (this.at("//")) {
      this.offset = this.#lineEnd();
      this.#documentation = undefined;
    } else if (code !== lineFeed && code !== carriageReturn && !this.isAtEnd) throw this.unexpected(what);
    this.skipWhitespace();
  }

  /** Takes the documentation that has come up since it was last taken or dropped. */
  documentation(): { readonly offset: number; readonly lines: readonly string[] } | undefined {
    const found = this.#documentation;
    this.#documentation = undefined;
    return found;
  }

  dropDocumentation(): void {
    this.#documentation = undefined;
  }

  identifier(what: string): string {
    const start = this.offset;
    let end = start;
    while (this.text.charCodeAt(end) === underscore) end += 1;
    const code = this.text.charCodeAt(end);
    if (!isLetter(code) && !(end > start && isDigit(code))) {
      this.offset = end;
      throw this.unexpected(end > start ? "a letter or digit of the name" : what);
    }
    end += 1;
    while (isWordPart(this.text.charCodeAt(end))) end += 1;
    this.offset = end;
    return this.text.slice(start, end);
  }

  get isAtIdentifier(): boolean {
    const code = this.text.charCodeAt(this.offset);
    return isLetter(code) || code === underscore;
  }

  get isAtNumber(): boolean {
    const code = this.text.charCodeAt(this.offset);
    return isDigit(code) || this.at("-");
  }

  /** `com.example`. */
  namespace(): string {
    const start = this.offset;
    this.identifier("a namespace");
    while (this.accept(".")) this.identifier("a part of the namespace");
    return this.text.slice(start, this.offset);
  }

  /** `Name`, `com.example#Name`, `Name$member`: as it is written. */
  shapeId(what = "the name of a shape"): string {
    const start = this.offset;
    this.identifier(what);
    if (this.at(".") || this.at("#")) {
      while (this.accept(".")) this.identifier("a part of the namespace");
      this.expect("#", "a # between the namespace and the name");
      this.identifier("a name");
    }
    if (this.accept("$")) this.identifier("the name of a member");
    return this.text.slice(start, this.offset);
  }

  number(): NumberToken {
    const start = this.offset;
    numberForm.lastIndex = start;
    numberStart.lastIndex = start;
    const text = numberForm.exec(this.text)?.[0];
    const wanted = numberStart.exec(this.text)?.[0] ?? "";
    if (text === undefined || text !== wanted) {
      throw new SyntaxProblem(`Invalid number ${printable(wanted)}: write it as in JSON, such as -1.5e10.`, start);
    }
    this.offset += text.length;
    return { text, value: Number(text) };
  }

  /** The value of a string in quotes or a text block. */
  string(): string {
    const start = this.offset;
    const isBlock = this.at('"""');
    const length = isBlock ? 3 : 1;
    const end = isBlock ? this.#blockEnd(start + 3) : this.#stringEnd(start + 1);
    const raw = this.text.slice(start + length, end);
    const read = isBlock ? parseTextBlock(raw) : parseString(raw);
    this.offset = end + length;
    if ("problem" in read) throw new SyntaxProblem(read.problem, start, { resume: this.offset });
    return read.value;
  }

  /** Skips what is next, be it a word, a sign, a string or a comment: for going on behind a broken statement. */
  skipAny(): void {
    const code = this.text.charCodeAt(this.offset);
    if (code === slash && this.at("//")) this.offset = this.#lineEnd();
    else if (code === quote) {
      const isBlock = this.at('"""');
      const end = this.#endOf(isBlock ? '"""' : '"', this.offset + (isBlock ? 3 : 1));
      this.offset = end < 0 ? this.offset + 1 : end + (isBlock ? 3 : 1);
    } else this.offset += 1;
  }

  /** Reports what was found instead of what was expected. */
  unexpected(what: string, offset = this.offset): SyntaxProblem {
    return new SyntaxProblem(`Expected ${what}, but found ${this.#described(offset)}.`, offset);
  }

  #described(offset: number): string {
    const code = this.text.charCodeAt(offset);
    if (Number.isNaN(code)) return "the end of the file";
    if (code === lineFeed || code === carriageReturn) return "the end of the line";
    if (isBlank(code)) return "a blank";
    if (this.text.startsWith("//", offset)) return "a comment";
    if (this.text.startsWith('"""', offset)) return "a text block";
    if (code === quote) return "a string";
    const word = /^(?:[A-Za-z0-9_]+|:=|[\s\S])/u.exec(this.text.slice(offset, offset + 100))?.[0] ?? "";
    return `"${printable(word)}"`;
  }

  #skipComment(): void {
    const end = this.#lineEnd();
    if (this.text.charCodeAt(this.offset + 2) === slash) {
      const from = this.offset + 3;
      const line = this.text.slice(this.text.charCodeAt(from) === space ? from + 1 : from, end);
      this.#documentation ??= { offset: this.offset, lines: [] };
      this.#documentation.lines.push(line);
    }
    this.offset = end;
  }

  #lineEnd(): number {
    const end = this.text.indexOf("\n", this.offset);
    if (end < 0) return this.text.length;
    return this.text.charCodeAt(end - 1) === carriageReturn && end > this.offset ? end - 1 : end;
  }

  #stringEnd(from: number): number {
    const end = this.#endOf('"', from);
    if (end < 0) throw this.#unclosed("string", from - 1);
    return end;
  }

  #blockEnd(from: number): number {
    const end = this.#endOf('"""', from);
    if (end < 0) throw this.#unclosed("text block", from - 3);
    return end;
  }

  #unclosed(what: string, start: number): SyntaxProblem {
    const message = `Expected the closing quote of the ${what}, but found the end of the file.`;
    return new SyntaxProblem(message, this.text.length, { resume: start });
  }

  /** Where closing quotes begin that are not escaped; -1 where there are none. */
  #endOf(quotes: string, from: number): number {
    for (let end = from; end < this.text.length; end += 1) {
      const code = this.text.charCodeAt(end);
      if (code === backslash) end += 1;
      else if (code === quote && this.text.startsWith(quotes, end)) return end;
    }
    return -1;
  }
}

function isBlank(code: number): boolean {
  return code === space || code === tab;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isWordPart(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === underscore;
}
