import { decodeUtf8 } from "../../text/bytes.js";

const quote = 0x22;
const backslash = 0x5c;

/** Max length of texts that are copied letter by letter. For longer ones `JSON.stringify` is faster. */
const shortText = 64;

/** JSON under construction. Most of it is ASCII, and bytes are collected several times faster than parts of a string. */
export class JsonOutput {
  /** What `#text` does not contain yet: ASCII only. */
  readonly #bytes = new Uint8Array(8192);
  #at = 0;
  #text = "";

  /** Returns the JSON, and starts anew. */
  take(): string {
    this.json("");
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** JSON of any length. */
  json(json: string): void {
    this.#text += decodeUtf8(this.#bytes.subarray(0, this.#at)) + json;
    this.#at = 0;
  }

  /** Short JSON in ASCII. */
  raw(json: string): void {
    this.#reserve(json.length);
    for (let index = 0; index < json.length; index++) this.#bytes[this.#at++] = json.charCodeAt(index);
  }

  /** A text, with its quotation marks. */
  text(text: string): void {
    if (text.length > shortText) return this.json(JSON.stringify(text));
    this.#reserve(text.length + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = quote;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === quote || code === backslash) return this.json(JSON.stringify(text));
      bytes[at++] = code;
    }
    bytes[at++] = quote;
    this.#at = at;
  }

  /** Makes room for so many bytes. */
  #reserve(length: number): void {
    if (this.#at + length > this.#bytes.length) this.json("");
  }
}
