import { normalizeLineEnds, readReferences } from "./references.js";

/** Max nesting of elements: far more than in any model, far less than the stack allows. */
const maxDepth = 500;

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const exclamation = 0x21;
const question = 0x3f;

/** 2 for an ASCII character that may start a name, 1 for one that may follow. */
const nameCharacters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[:A-Z_a-z]/.test(character) ? 2 : /[-.\d]/.test(character) ? 1 : 0;
});

/** @see https://www.w3.org/TR/xml/#NT-Name */
const aName =
  /[:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}][\u0300-\u036F\xB7\u203F\u2040\-.\d:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]*/uy;
const space = /[ \t\r\n]*/y;
const equals = /[ \t\r\n]*=[ \t\r\n]*/y;
const quoted = /"[^<"]*"|'[^<']*'/y;
const declaration =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][-\w.]*"|'[A-Za-z][-\w.]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;
/** Matches the end of, or nesting in, a document type declaration. */
const doctypeStop = /["'<>[\]]/g;

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
  /** Names of the open elements. */
  readonly #open: string[] = [];

  /** Skips white space before the XML declaration, which services send to keep a connection alive. */
  constructor(text: string) {
    this.#text = text;
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
    this.#open.length = 0;
    return this.#startTag();
  }

  /** Attributes of the last entered element, by their names as written. */
  get attributes(): ReadonlyMap<string, string> {
    return this.#attributes;
  }

  /**
   * Enters the next child of the open element if it has exactly this name and no attributes. Only after another child
   * was left: then the open element is not empty.
   */
  enter(name: string): boolean {
    this.#passSpace();
    const text = this.#text;
    const end = this.#at + 1 + name.length;
    if (text.charCodeAt(end) !== greaterThan || !text.startsWith(name, this.#at + 1)) return false;
    if (text.charCodeAt(this.#at) !== lessThan) return false;
    this.#at = end + 1;
    this.#attributes = noAttributes;
    this.#push(name);
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
      if (this.#text.charCodeAt(this.#at) !== lessThan) this.#characters();
      const code = this.#text.charCodeAt(this.#at + 1);
      if (code === slash) return this.#endTag();
      if (code === exclamation) this.#commentOrCdata();
      else if (code === question) this.#instruction();
      else return this.#startTag();
    }
  }

  /** The text of the open element, without its children; leaves it. */
  text(): string {
    if (this.#isEmptyTag) return this.#leaveEmpty() ?? "";
    let text = "";
    for (;;) {
      text += this.#characters();
      const code = this.#text.charCodeAt(this.#at + 1);
      if (code === slash) return this.#endTag() ?? text;
      if (code === exclamation) text += this.#commentOrCdata();
      else if (code === question) this.#instruction();
      else {
        this.#startTag();
        this.skip();
      }
    }
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
    while (this.#open.length > 0) this.skip();
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
    const start = this.#at;
    const end = this.#text.indexOf("<", start);
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
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) code = this.#text.charCodeAt(++this.#at);
  }

  #startTag(): string {
    const text = this.#text;
    const start = this.#at + 1;
    let end = start;
    let code = text.charCodeAt(end);
    if (nameCharacters[code] === 2) while (nameCharacters[code]) code = text.charCodeAt(++end);
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
    this.#push(tag);
    return tag;
  }

  #push(name: string): void {
    if (this.#open.push(name) > maxDepth) throw this.#fail("it is nested too deeply");
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
      const code = this.#text.charCodeAt(this.#at);
      if (code === greaterThan || code === slash) break;
      if (!isApart) throw this.#fail("attributes should have white space between them");
      const key = this.#match(aName, "the name of an attribute");
      this.#match(equals, "=");
      const value = this.#match(quoted, "a value in quotes").slice(1, -1);
      if (attributes.has(key)) throw this.#fail("a duplicate attribute");
      attributes.set(key, readReferences(value.replaceAll(/\r\n|[\t\r\n]/g, " ")));
    }
    this.#attributes = attributes;
    this.#isEmptyTag = this.#text.charCodeAt(this.#at) === slash;
    if (this.#isEmptyTag) this.#at++;
    if (this.#text.charCodeAt(this.#at) !== greaterThan) throw this.#fail("> is missing");
    this.#at++;
  }

  #leaveEmpty(): undefined {
    this.#isEmptyTag = false;
    this.#open.pop();
  }

  #endTag(): undefined {
    const tag = this.#open.pop() ?? "";
    this.#at += 2;
    if (!this.#text.startsWith(tag, this.#at)) throw this.#fail("the end tag does not match");
    this.#at += tag.length;
    if (this.#text.charCodeAt(this.#at) !== greaterThan) this.#match(space, "");
    if (this.#text.charCodeAt(this.#at) !== greaterThan) throw this.#fail("> is missing");
    this.#at++;
  }

  /** The text of a CDATA section; empty for a comment. */
  #commentOrCdata(): string {
    if (this.#text.startsWith("<![CDATA[", this.#at) && this.#open.length > 0) {
      this.#at += 9;
      return normalizeLineEnds(this.#upTo("]]>"));
    }
    if (!this.#text.startsWith("<!--", this.#at)) throw this.#fail("a misplaced declaration");
    this.#at += 4;
    this.#upTo("--");
    if (this.#text.charCodeAt(this.#at) !== greaterThan) throw this.#fail("a comment contains --");
    this.#at++;
    return "";
  }

  #instruction(): void {
    this.#at += 2;
    if (this.#match(aName, "the name of an instruction").toLowerCase() === "xml") {
      throw this.#fail("a misplaced XML declaration");
    }
    if (this.#text.charCodeAt(this.#at) !== question && this.#match(space, "") === "")
      throw this.#fail("?> is missing");
    this.#upTo("?>");
  }

  /** Skips white space, comments and instructions outside the root element. */
  #outside(isBefore: boolean): void {
    let mayDeclare = isBefore;
    for (;;) {
      this.#match(space, "");
      if (!isBefore && this.#at === this.#text.length) return;
      if (this.#text.charCodeAt(this.#at) !== lessThan) throw this.#fail("content outside the root element");
      const code = this.#text.charCodeAt(this.#at + 1);
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
