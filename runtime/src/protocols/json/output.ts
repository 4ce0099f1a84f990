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
    const { length } = json;
    const start = this.#reserve(length);
    for (let index = 0; index < length; index++) this.#bytes[start + index] = json.charCodeAt(index);
    this.#at = start + length;
  }

  /** A text, with its quotation marks. */
  text(text: string): void {
    const { length } = text;
    const bytes = this.#bytes;
    const start = this.#reserve(length + 2);
    let at = start;
    if (length <= shortText) {
      bytes[at++] = quote;
      for (let index = 0; index < length; index++) {
        const code = text.charCodeAt(index);
        if (code < 0x20 || code > 0x7e || code === quote || code === backslash) break;
        bytes[at++] = code;
      }
      bytes[at++] = quote;
    }
    if (at - start === length + 2) this.#at = at;
    else this.json(JSON.stringify(text));
  }

  /** Returns where so many bytes fit. */
  #reserve(length: number): number {
    if (this.#at + length > this.#bytes.length) this.json("");
    return this.#at;
  }
}
