import { type Codes, codesOf } from "./codes.js";
import { aName, declaration, doctypeStop, equals, nameCharacters, quoted, space } from "./grammar.js";
import { normalizeLineEnds, readReferences } from "./references.js";
import type { ReadUsual } from "./usual.js";

/** Max nesting of elements: far more than in any model, far less than the stack allows. */
const maxDepth = 500;

/** Characters of a text that are looked at one by one, before the rest is searched. */
const short = 32;

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const exclamation = 0x21;
const question = 0x3f;

const noAttributes: ReadonlyMap<string, string> = new Map();

/**
 * A position in a document that moves from element to element. Readers take what they need and skip the rest: there is
 * no tree. The passed text is checked to be well-formed. A document type declaration is skipped, so its entities are
 * unknown, and nothing is loaded. Characters that XML 1.0 does not allow are accepted: S3 sends the names of objects
 * unchanged.
 *
 * Every method throws a `SyntaxError` for text that is not well-formed XML, or is nested deeper than {@link maxDepth}.
 *
 * @see https://www.w3.org/TR/xml/
 */
export class XmlCursor {
  readonly #text: string;
  readonly #codes: Codes;
  readonly #hasReturns: boolean;
  readonly #hasCdataEnds: boolean;
  readonly #rootAt: number;
  #at = 0;
  /** Cached position of the next ampersand; the end of the text if there is none. Outdated once `#at` has passed it. */
  #ampersand = -1;
  /** Cache of names by length and letters: creating a substring takes longer than comparing. */
  readonly #names: (string | undefined)[] = [];
  #isEmptyTag = false;
  #attributes = noAttributes;
  /** Start and end of the name of each open element. */
  readonly #open = new Int32Array(2 * maxDepth);
  /** Number of open elements. */
  #depth = 0;

  /** Skips white space before the XML declaration, which services send to keep a connection alive. */
  constructor(text: string, codes: Codes = codesOf(text)) {
    this.#text = text;
    this.#codes = codes;
    this.#hasReturns = text.includes("\r");
    this.#hasCdataEnds = text.includes("]]>");
    this.#at = text.length - text.trimStart().length;
    if (/<\?xml[ \t\r\n]/y.test(text.slice(this.#at, this.#at + 6))) this.#match(declaration, "an XML declaration");
    this.#outside(true);
    this.#rootAt = this.#at;
  }

  /** Enters the root element, also again; returns its name, including the prefix. */
  root(): string {
    this.#at = this.#rootAt;
    this.#ampersand = -1;
    this.#isEmptyTag = false;
    this.#depth = 0;
    return this.#startTag();
  }

  /** Attributes of the last entered element, by their names as written. */
  get attributes(): ReadonlyMap<string, string> {
    return this.#attributes;
  }

  /** Enters the next child of the open element if it has exactly this name and no attributes. */
  enter(name: Codes): boolean {
    if (this.#isEmptyTag) return false;
    this.#passSpace();
    const codes = this.#codes;
    const start = this.#at + 1;
    const end = start + name.length;
    if (codes[end] !== greaterThan || codes[start - 1] !== lessThan) return false;
    for (let at = 0; at < name.length; at++) if (codes[start + at] !== name[at]) return false;
    this.#at = end + 1;
    this.#attributes = noAttributes;
    this.#push(start, end);
    return true;
  }

  /**
   * Enters the next child of the open element, and returns its name, including the prefix. At the end, leaves the open
   * element and returns undefined.
   */
  next(): string | undefined {
    if (this.#isEmptyTag) return this.#leaveEmpty();
    for (;;) {
      this.#passSpace();
      if (this.#codes[this.#at] !== lessThan) this.#characters();
      const code = this.#codes[this.#at + 1];
      if (code === slash) return this.#endTag();
      if (code === exclamation) this.#commentOrCdata();
      else if (code === question) this.#instruction();
      else return this.#startTag();
    }
  }

  /** The text of the open element, without its children; leaves it. */
  text(): string {
    if (this.#isEmptyTag) return this.#leaveEmpty() ?? "";
    let text = this.#characters();
    for (;;) {
      const code = this.#codes[this.#at + 1];
      if (code === slash) return this.#endTag() ?? text;
      if (code === exclamation) text += this.#commentOrCdata();
      else if (code === question) this.#instruction();
      else {
        this.#startTag();
        this.skip();
      }
      text += this.#characters();
    }
  }

  /**
   * Reads the text of the open element without a substring, and leaves the element. Undefined, without moving, for a long
   * text, one that is not followed by the end tag, and one that `read` does not know.
   */
  usual(read: ReadUsual): number | undefined {
    const codes = this.#codes;
    const start = this.#at;
    let end = start;
    while (end < start + short && codes[end] !== lessThan) end++;
    if (this.#isEmptyTag || codes[end] !== lessThan || codes[end + 1] !== slash) return undefined;
    const value = read(codes, start, end);
    if (value === undefined) return undefined;
    this.#at = end;
    this.#endTag();
    return value;
  }

  /** Leaves the open element. */
  skip(): void {
    while (this.next() !== undefined) this.skip();
  }

  /**
   * The content of the open element for a document without a model: its text, or its markup if it has children. Leaves
   * it.
   */
  content(): string {
    const start = this.#at;
    const text = this.text();
    const markup = this.#text.slice(start, this.#text.lastIndexOf("</", this.#at - 1));
    return /<[^!?]/.test(markup.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, "")) ? markup : text;
  }

  /** Leaves all elements, and checks that nothing follows. */
  end(): void {
    while (this.#depth > 0) this.skip();
    this.#outside(false);
  }

  #fail(what: string): SyntaxError {
    return new SyntaxError(`The text is not XML: ${what}, at character ${this.#at}`);
  }

  #match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) throw this.#fail(`expected ${what}`);
    this.#at += found.length;
    return found;
  }

  /** The text before `end`; moves past it. */
  #upTo(end: string): string {
    const start = this.#at;
    const found = this.#text.indexOf(end, start);
    if (found < 0) throw this.#fail(`${end} is missing`);
    this.#at = found + end.length;
    return this.#text.slice(start, found);
  }

  /** Moves to the next tag. */
  #characters(): string {
    const codes = this.#codes;
    const start = this.#at;
    const near = Math.min(start + short, codes.length);
    let end = start;
    while (end < near && codes[end] !== lessThan) end++;
    if (end === near) end = this.#text.indexOf("<", end);
    if (end < 0) throw this.#fail("an element does not end");
    this.#at = end;
    let raw = this.#text.slice(start, end);
    if (this.#hasCdataEnds && raw.includes("]]>")) throw this.#fail("]]> in text");
    if (this.#hasReturns) raw = normalizeLineEnds(raw);
    if (this.#ampersand < start) {
      const next = this.#text.indexOf("&", start);
      this.#ampersand = next < 0 ? this.#text.length : next;
    }
    return this.#ampersand < end ? readReferences(raw) : raw;
  }

  #passSpace(): void {
    const codes = this.#codes;
    let at = this.#at;
    let code = codes[at];
    while (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) code = codes[++at];
    this.#at = at;
  }

  #startTag(): string {
    const codes = this.#codes;
    const start = this.#at + 1;
    let end = start;
    let code = codes[end] ?? 0;
    if (nameCharacters[code] === 2) while (nameCharacters[code]) code = codes[++end] ?? 0;
    let tag: string;
    this.#attributes = noAttributes;
    if (code === greaterThan && end > start) {
      tag = this.#nameAt(start, end);
      this.#at = end + 1;
    } else {
      this.#at = start;
      tag = this.#match(aName, "a name");
      this.#readAttributes();
    }
    this.#push(start, start + tag.length);
    return tag;
  }

  #push(start: number, end: number): void {
    if (this.#depth === maxDepth) throw this.#fail("it is nested too deeply");
    this.#open[2 * this.#depth] = start;
    this.#open[2 * this.#depth + 1] = end;
    this.#depth++;
  }

  #nameAt(start: number, end: number): string {
    const text = this.#text;
    const slot = (7 * text.charCodeAt(start) + 3 * text.charCodeAt(end - 1) + end - start) & 63;
    const known = this.#names[slot];
    if (known?.length === end - start && text.startsWith(known, start)) return known;
    return (this.#names[slot] = text.slice(start, end));
  }

  #readAttributes(): void {
    const attributes = new Map<string, string>();
    for (;;) {
      const isApart = this.#match(space, "") !== "";
      const code = this.#codes[this.#at];
      if (code === greaterThan || code === slash) break;
      if (!isApart) throw this.#fail("attributes should have white space between them");
      const key = this.#match(aName, "the name of an attribute");
      this.#match(equals, "=");
      const value = this.#match(quoted, "a value in quotes").slice(1, -1);
      if (attributes.has(key)) throw this.#fail("a duplicate attribute");
      attributes.set(key, readReferences(value.replaceAll(/\r\n|[\t\r\n]/g, " ")));
    }
    this.#attributes = attributes;
    this.#isEmptyTag = this.#codes[this.#at] === slash;
    if (this.#isEmptyTag) this.#at++;
    if (this.#codes[this.#at] !== greaterThan) throw this.#fail("> is missing");
    this.#at++;
  }

  #leaveEmpty(): undefined {
    this.#isEmptyTag = false;
    this.#depth--;
  }

  #endTag(): undefined {
    const codes = this.#codes;
    const open = --this.#depth;
    let name = this.#open[2 * open] ?? 0;
    const nameEnd = this.#open[2 * open + 1] ?? 0;
    let at = this.#at + 2;
    while (name < nameEnd) if (codes[at++] !== codes[name++]) throw this.#fail("the end tag does not match");
    this.#at = at;
    if (codes[at] !== greaterThan) this.#match(space, "");
    if (codes[this.#at] !== greaterThan) throw this.#fail("> is missing");
    this.#at++;
  }

  /** The text of a CDATA section; empty for a comment. */
  #commentOrCdata(): string {
    if (this.#text.startsWith("<![CDATA[", this.#at) && this.#depth > 0) {
      this.#at += 9;
      return normalizeLineEnds(this.#upTo("]]>"));
    }
    if (!this.#text.startsWith("<!--", this.#at)) throw this.#fail("a misplaced declaration");
    this.#at += 4;
    this.#upTo("--");
    if (this.#codes[this.#at] !== greaterThan) throw this.#fail("a comment contains --");
    this.#at++;
    return "";
  }

  #instruction(): void {
    this.#at += 2;
    if (this.#match(aName, "the name of an instruction").toLowerCase() === "xml") {
      throw this.#fail("a misplaced XML declaration");
    }
    if (this.#codes[this.#at] !== question && this.#match(space, "") === "") throw this.#fail("?> is missing");
    this.#upTo("?>");
  }

  /** Skips white space, comments and instructions outside the root element. */
  #outside(isBefore: boolean): void {
    let mayDeclare = isBefore;
    for (;;) {
      this.#match(space, "");
      if (!isBefore && this.#at === this.#text.length) return;
      if (this.#codes[this.#at] !== lessThan) throw this.#fail("content outside the root element");
      const code = this.#codes[this.#at + 1];
      if (code === question) this.#instruction();
      else if (code === exclamation && mayDeclare && this.#text.startsWith("DOCTYPE", this.#at + 2)) {
        this.#skipDoctype();
        mayDeclare = false;
      } else if (code === exclamation) this.#commentOrCdata();
      else if (isBefore) return;
      else throw this.#fail("there are two roots");
    }
  }

  #skipDoctype(): void {
    this.#at += 9;
    let isSubset = false;
    for (;;) {
      doctypeStop.lastIndex = this.#at;
      const stop = doctypeStop.exec(this.#text);
      if (!stop) throw this.#fail("a declaration does not end");
      this.#at = stop.index + 1;
      if (stop[0] === '"' || stop[0] === "'") this.#upTo(stop[0]);
      else if (stop[0] === "[") isSubset = true;
      else if (stop[0] === "]") isSubset = false;
      else if (!isSubset) {
        if (stop[0] === ">") return;
      } else if (this.#text.startsWith("<!--", stop.index)) {
        this.#at = stop.index;
        this.#commentOrCdata();
      } else if (stop[0] === "<") {
        this.#at++;
        if (this.#text.startsWith("<?", stop.index)) this.#upTo("?>");
      }
    }
  }
}

/** The name without its prefix: `Owner` of `s3:Owner`. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}
