import { setOwn } from "../../schema/values.js";
import { encodeHex, joinBytes, textReader } from "../../text/bytes.js";

/** Max nesting of arrays, maps and tags: far more than in any model, far less than the stack allows. */
const maxDepth = 500;

/** Max bytes of the digits of one number: the time to decode it grows faster than its length. */
const maxNumberBytes = 4096;

/** Max items of an array for which memory is reserved before they are read. */
const maxReserved = 10_000;

const endOfItems = 0xff;
/** First bytes of items: a number of four bytes, the tag of seconds since 1970, a double. */
const uint32 = 0x1a;
const epochSeconds = 0xc1;
const float64 = 0xfb;

/**
 * Decodes a body: numbers (integers beyond 2^53 as bigint, decimal fractions as text), texts, bytes, booleans, arrays,
 * objects, and null, also for undefined.
 *
 * @throws SyntaxError for invalid CBOR, or for CBOR nested deeper than {@link maxDepth}
 * @see https://www.rfc-editor.org/rfc/rfc8949
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  try {
    const decoder = new Decoder(bytes);
    const value = decoder.value(0);
    if (!decoder.isAtEnd) throw new Error("more than one value");
    return value;
  } catch (cause) {
    // Any error of the decoder is caused by the bytes, which are its only input.
    throw new SyntaxError("The bytes are not CBOR", { cause });
  }
}

class Decoder {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text: (start: number, end: number) => string;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // A slice of a `Buffer` would share its memory.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#text = textReader(bytes);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.byteLength;
  }

  /** @param depth of arrays, maps and tags around the value */
  value(depth: number): unknown {
    const first = this.#byte();
    const type = first >> 5;
    const info = first & 31;
    if (depth >= maxDepth && type > 3 && type < 7) throw new Error("too deep");
    switch (type) {
      case 0:
        return this.#argument(info);
      case 1: {
        const argument = this.#argument(info);
        const value = -1 - Number(argument);
        return Number.isSafeInteger(value) ? value : -1n - BigInt(argument);
      }
      case 2:
        return this.#bytesOf(info);
      case 3:
        return this.#textOf(info);
      case 4:
        return this.#array(info, depth);
      case 5:
        return this.#map(info, depth);
      case 6:
        return tagged(this.#argument(info), this.value(depth + 1));
      default:
        return this.#simple(info);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error("cut");
    return byte;
  }

  /** Moves past the next bytes, and returns where they start. */
  #pass(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.byteLength) throw new Error("cut");
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
        throw new Error("invalid argument");
    }
  }

  /** The number of bytes or items that follow; checks that at least as many bytes are left. */
  #length(info: number): number {
    const length = Number(this.#argument(info));
    if (length > this.#bytes.byteLength - this.#at) throw new Error("cut");
    return length;
  }

  /** A copy with memory of its own. */
  #bytesOf(info: number): Uint8Array {
    if (info === 31) return joinBytes(this.#chunks(2, (each) => this.#bytesOf(each)));
    const start = this.#pass(this.#length(info));
    return this.#bytes.slice(start, this.#at);
  }

  #textOf(info: number): string {
    if (info === 31) return this.#chunks(3, (each) => this.#textOf(each)).join("");
    const start = this.#pass(this.#length(info));
    return this.#text(start, this.#at);
  }

  /** A string of indefinite length: chunks of its type with definite lengths, up to a break. */
  #chunks<Chunk>(type: number, read: (info: number) => Chunk): Chunk[] {
    const chunks: Chunk[] = [];
    for (let first = this.#byte(); first !== endOfItems; first = this.#byte()) {
      if (first >> 5 !== type || (first & 31) === 31) throw new Error("a chunked string contains another type");
      chunks.push(read(first & 31));
    }
    return chunks;
  }

  /** Whether another item follows: by the number of items left, or up to a break for an indefinite length. */
  #isLeft(items: number): boolean {
    if (items !== Infinity) return items > 0;
    if (this.#bytes[this.#at] !== endOfItems) return true;
    this.#at++;
    return false;
  }

  #array(info: number, depth: number): unknown[] {
    const bytes = this.#bytes;
    const length = info === 31 ? Infinity : this.#length(info);
    const items: unknown[] = [];
    if (length <= maxReserved) items.length = length;
    for (let index = 0; this.#isLeft(length - index); index++) {
      let at = this.#at;
      let inner = depth + 1;
      if (bytes[at] === epochSeconds && inner < maxDepth) {
        at++;
        inner++;
      }
      // Read here, metrics need no call for each item, and no number is allocated before it is stored.
      if (bytes[at] === float64 && at + 9 <= bytes.length) {
        this.#at = at + 9;
        items[index] = this.#view.getFloat64(at + 1);
      } else if (bytes[at] === uint32 && at + 5 <= bytes.length) {
        this.#at = at + 5;
        items[index] = this.#view.getUint32(at + 1);
      } else {
        this.#at = at;
        items[index] = this.value(inner);
      }
    }
    return items;
  }

  #map(info: number, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let left = info === 31 ? Infinity : this.#length(info); this.#isLeft(left); left--) {
      const key = this.value(depth + 1);
      if (typeof key !== "string") throw new Error("a key is not text");
      setOwn(map, key, this.value(depth + 1));
    }
    return map;
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
        throw new Error("invalid value");
    }
  }
}

function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : 2 ** -24 * fraction);
}

/** Any other tag is ignored. Seconds since 1970 (tag 1) need none, because the member's type declares them. */
function tagged(tag: number | bigint, content: unknown): unknown {
  switch (tag) {
    case 2:
      return magnitude(content);
    case 3:
      return -1n - magnitude(content);
    case 4:
      return decimalText(content);
    default:
      return content;
  }
}

/** The number that the bytes of a bignum (RFC 8949, section 3.4.3) represent. */
function magnitude(content: unknown): bigint {
  if (!(content instanceof Uint8Array)) throw new TypeError("not the bytes of a number");
  if (content.byteLength > maxNumberBytes) throw new RangeError("the number is too long");
  return BigInt(`0x0${encodeHex(content)}`);
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[Ee]([+-]?\d{1,9}))?$/;

/** Max zeros when a decimal is written out, so that no exponent makes a text much longer than its digits. */
const maxZeros = 40;

/** A decimal fraction (RFC 8949, section 3.4.4): the number is `mantissa * 10 ** exponent`. */
export type DecimalFraction = readonly [exponent: number, mantissa: bigint];

/**
 * Parses the text of a decimal; its trailing zeros count.
 *
 * @throws TypeError for an invalid decimal
 */
export function decimalFraction(text: string): DecimalFraction {
  const [, sign, whole = "", fraction = "", exponent = "0"] = decimal.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === "") throw new TypeError('A bigDecimal must be a decimal in a string, such as "1.10"');
  const mantissa = BigInt(digits);
  return [Number(exponent) - fraction.length, sign === "-" ? -mantissa : mantissa];
}

/** The text of a decimal fraction. Throws for invalid content. */
export function decimalText(content: unknown): string {
  const [exponent, mantissa] = (Array.isArray(content) ? content : []) as unknown[];
  if (!isWhole(exponent) || !isWhole(mantissa)) throw new TypeError("not a decimal fraction");
  const power = Number(exponent);
  const sign = mantissa < 0 ? "-" : "";
  const digits = String(mantissa).replace("-", "");
  if (power > 0) return power > maxZeros ? `${sign}${digits}E${power}` : `${sign}${digits}${"0".repeat(power)}`;
  if (power === 0) return sign + digits;
  const missing = -power - digits.length;
  if (missing > maxZeros) return `${sign}${digits}E${power}`;
  const padded = missing >= 0 ? "0".repeat(missing + 1) + digits : digits;
  return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
}

function isWhole(value: unknown): value is number | bigint {
  return typeof value === "bigint" || Number.isSafeInteger(value);
}
