import { setOwn } from "../../schema/values.js";
import { joinBytes, textReader } from "../../text/bytes.js";
import { decimalText, halfFloat, magnitude } from "./numbers.js";

/** Max nesting of arrays, maps and tags: far more than in any model, far less than the stack allows. */
const maxDepth = 500;

/** Major types of items that contain items. */
export const array = 4;
export const map = 5;
const tag = 6;

/** First bytes of items, and the byte after the last of an indefinite number of items. */
const uint32 = 0x1a;
const epochSeconds = 0xc1;
const nullValue = 0xf6;
const undefinedValue = 0xf7;
const float64 = 0xfb;
const endOfItems = 0xff;

/**
 * A position in the bytes of a data item, which moves forward with each call.
 *
 * Every method throws a SyntaxError for invalid CBOR, and for CBOR nested deeper than {@link maxDepth}.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8949
 */
export class CborInput {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text: (start: number, end: number) => string;
  #at = 0;
  /** Number of arrays, maps and tags around the position. */
  #depth = 0;

  constructor(bytes: Uint8Array) {
    // A slice of a `Buffer` would share its memory.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#text = textReader(bytes);
  }

  /** Checks that nothing follows. */
  end(): void {
    if (this.#at < this.#bytes.byteLength) throw invalid("a second value follows");
  }

  /** Reads an item of any type. */
  value(): unknown {
    const first = this.#byte();
    const info = first & 31;
    switch (first >> 5) {
      case 0:
        return this.#argument(info);
      case 1: {
        const argument = this.#argument(info);
        const value = -1 - Number(argument);
        return Number.isSafeInteger(value) ? value : -1n - BigInt(argument);
      }
      case 2:
        return this.#blob(info);
      case 3:
        return this.#string(info);
      case array: {
        const items: unknown[] = [];
        for (let left = this.#enter(info); this.isLeft(left); left--) items.push(this.value());
        return items;
      }
      case map: {
        const values: Record<string, unknown> = {};
        for (let left = this.#enter(info); this.isLeft(left); left--) setOwn(values, this.key(), this.value());
        return values;
      }
      case tag: {
        const number = this.#argument(info);
        this.#deeper();
        const content = this.value();
        this.#depth--;
        return tagged(number, content);
      }
      default:
        return this.#simple(info);
    }
  }

  /** Moves past null or undefined if it is next. Moves past tags without a meaning in any case. */
  isNull(): boolean {
    const around = this.#depth;
    let first = this.#bytes[this.#at];
    while (first !== undefined && first >> 5 === tag) {
      const start = this.#at++;
      if (hasMeaning(this.#argument(first & 31))) {
        this.#at = start;
        break;
      }
      this.#deeper();
      first = this.#bytes[this.#at];
    }
    this.#depth = around;
    if (first !== nullValue && first !== undefinedValue) return false;
    this.#at++;
    return true;
  }

  /**
   * Moves into an array or a map if it is next.
   *
   * @returns how many items or entries it has, `Infinity` if that is not known; undefined if something else is next
   */
  enter(type: typeof array | typeof map): number | undefined {
    const first = this.#bytes[this.#at];
    if (first === undefined || first >> 5 !== type) return undefined;
    this.#at++;
    return this.#enter(first & 31);
  }

  /**
   * Whether another item follows in the array or map; if not, moves out of it.
   *
   * @param items as returned by {@link enter}, less those that were read
   */
  isLeft(items: number): boolean {
    if (items === Infinity) {
      if (this.#bytes[this.#at] !== endOfItems) return true;
      this.#at++;
    } else if (items > 0) return true;
    this.#depth--;
    return false;
  }

  /** Moves past the key of an entry if it has these bytes, which are those of its whole item. */
  isKey(item: Uint8Array): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    for (let index = 0; index < item.length; index++) if (bytes[start + index] !== item[index]) return false;
    this.#at = start + item.length;
    return true;
  }

  /** Reads the key of an entry. */
  key(): string {
    const key = this.value();
    if (typeof key !== "string") throw invalid("a key is not text");
    return key;
  }

  /** Reads numbers as far as they are doubles, into an array from one index up to before another; returns the next one. */
  doubles(items: unknown[], start: number, end: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const last = bytes.length - 9;
    let at = this.#at;
    let index = start;
    for (; index < end && at <= last && bytes[at] === float64; at += 9) items[index++] = view.getFloat64(at + 1);
    this.#at = at;
    return index;
  }

  /**
   * Reads a number or the seconds of a date in one of their usual forms. Returns NaN, without moving, if something else
   * is next, or NaN itself: V8 allocates nothing for a result that is always a number.
   */
  number(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    if (bytes[at] === epochSeconds) at++;
    if (bytes[at] === float64 && at + 9 <= bytes.length) {
      const number = this.#view.getFloat64(at + 1);
      if (!Number.isNaN(number)) this.#at = at + 9;
      return number;
    }
    if (bytes[at] === uint32 && at + 5 <= bytes.length) {
      this.#at = at + 5;
      return this.#view.getUint32(at + 1);
    }
    return NaN;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw invalid("they end too early");
    return byte;
  }

  /** Moves past the next bytes, and returns where they start. */
  #pass(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.byteLength) throw invalid("they end too early");
    return start;
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    switch (info) {
      case 24:
        return this.#byte();
      case 25:
        return this.#view.getUint16(this.#pass(2));
      case 26:
        return this.#view.getUint32(this.#pass(4));
      case 27: {
        const start = this.#pass(8);
        const high = this.#view.getUint32(start);
        return high < 2 ** 21 ? high * 2 ** 32 + this.#view.getUint32(start + 4) : this.#view.getBigUint64(start);
      }
      default:
        throw invalid("an argument is reserved");
    }
  }

  /** The number of bytes or items that follow; checks that at least as many bytes are left. */
  #length(info: number): number {
    const length = Number(this.#argument(info));
    if (length > this.#bytes.byteLength - this.#at) throw invalid("they end too early");
    return length;
  }

  #deeper(): void {
    if (this.#depth++ >= maxDepth) throw invalid(`they are nested deeper than ${maxDepth} items`);
  }

  /** The number of items or entries that follow. */
  #enter(info: number): number {
    this.#deeper();
    return info === 31 ? Infinity : this.#length(info);
  }

  /** A copy with memory of its own. */
  #blob(info: number): Uint8Array {
    if (info === 31) return joinBytes(this.#chunks(2, (each) => this.#blob(each)));
    const start = this.#pass(this.#length(info));
    return this.#bytes.slice(start, this.#at);
  }

  #string(info: number): string {
    if (info === 31) return this.#chunks(3, (each) => this.#string(each)).join("");
    const start = this.#pass(this.#length(info));
    return this.#text(start, this.#at);
  }

  /** A string of indefinite length: chunks of its type with definite lengths, up to a break. */
  #chunks<Chunk>(type: number, read: (info: number) => Chunk): Chunk[] {
    const chunks: Chunk[] = [];
    for (let first = this.#byte(); first !== endOfItems; first = this.#byte()) {
      if (first >> 5 !== type || (first & 31) === 31) throw invalid("a chunked string contains another type");
      chunks.push(read(first & 31));
    }
    return chunks;
  }

  #simple(info: number): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#view.getUint16(this.#pass(2)));
      case 26:
        return this.#view.getFloat32(this.#pass(4));
      case 27:
        return this.#view.getFloat64(this.#pass(8));
      default:
        throw invalid("a simple value is not assigned");
    }
  }
}

function invalid(reason: string): SyntaxError {
  return new SyntaxError(`The bytes are not valid CBOR: ${reason}`);
}

/**
 * Whether a tag changes the value: those of big numbers and decimal fractions. Seconds since 1970 (tag 1) need none,
 * because the member's type declares them.
 */
function hasMeaning(number: number | bigint): boolean {
  return number === 2 || number === 3 || number === 4;
}

function tagged(number: number | bigint, content: unknown): unknown {
  if (!hasMeaning(number)) return content;
  if (number === 4) return decimalText(content);
  return number === 2 ? magnitude(content) : -1n - magnitude(content);
}
