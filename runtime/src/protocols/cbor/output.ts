import { describeType, isBytes, isObject } from "../../schema/values.js";
import { representable } from "../../text/representable.js";

const encoder = new TextEncoder();

/**
 * Max length of texts that are first tried as ASCII, which most are: encoding a short text takes longer than copying
 * it.
 */
const shortText = 48;

/** A growing byte buffer. */
export class CborOutput {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** All bytes written. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Reserves bytes, and returns where they start. */
  #reserve(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.byteLength) {
      const longer = new Uint8Array(2 * this.#at);
      longer.set(this.#bytes.subarray(0, start));
      this.#bytes = longer;
      this.#view = new DataView(longer.buffer);
    }
    return start;
  }

  byte(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  /** The head of a data item: its major type and its argument, in the fewest bytes. */
  head(type: number, argument: number | bigint): void {
    const first = type << 5;
    if (argument < 24) this.byte(first | Number(argument));
    else if (argument < 2 ** 8) {
      this.byte(first | 24);
      this.byte(Number(argument));
    } else if (argument < 2 ** 16) {
      this.byte(first | 25);
      const at = this.#reserve(2);
      this.#view.setUint16(at, Number(argument));
    } else if (argument < 2 ** 32) {
      this.byte(first | 26);
      const at = this.#reserve(4);
      this.#view.setUint32(at, Number(argument));
    } else {
      this.byte(first | 27);
      const at = this.#reserve(8);
      this.#view.setBigUint64(at, BigInt(argument));
    }
  }

  /** @throws URIError for text that UTF-8 cannot represent */
  text(text: string): void {
    if (text.length <= shortText) {
      const before = this.#at;
      this.head(3, text.length);
      const start = this.#reserve(text.length);
      let index = 0;
      for (let code; index < text.length && (code = text.charCodeAt(index)) < 128; index++) {
        this.#bytes[start + index] = code;
      }
      if (index === text.length) return;
      this.#at = before;
    }
    const bytes = encoder.encode(representable(text));
    this.head(3, bytes.byteLength);
    this.#raw(bytes);
  }

  blob(bytes: Uint8Array): void {
    this.head(2, bytes.byteLength);
    this.#raw(bytes);
  }

  #raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.byteLength);
    this.#bytes.set(bytes, at);
  }

  /** An integer in the fewest bytes; any other number in eight: half precision must not be sent. */
  number(value: number): void {
    if (Number.isSafeInteger(value)) {
      if (value < 0) this.head(1, -1 - value);
      else this.head(0, value);
      return;
    }
    this.byte(0xfb);
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value);
  }

  /** @see https://www.rfc-editor.org/rfc/rfc8949#name-bignums */
  bigInt(value: bigint): void {
    const isNegative = value < 0n;
    const magnitude = isNegative ? -1n - value : value;
    if (magnitude < 2n ** 64n) return this.head(isNegative ? 1 : 0, magnitude);
    const digits = magnitude.toString(16);
    const even = digits.length % 2 === 0 ? digits : `0${digits}`;
    this.head(6, isNegative ? 3 : 2);
    this.blob(Uint8Array.from({ length: even.length / 2 }, (_, at) => Number(`0x${even.slice(2 * at, 2 * at + 2)}`)));
  }
}

/**
 * Writes a value by its own type, not its member's: the content of a document, and values if validation is off.
 *
 * @throws TypeError for a value that CBOR cannot represent
 */
export function writeAny(value: unknown, out: CborOutput): void {
  if (value === null || value === undefined) return out.byte(0xf6);
  switch (typeof value) {
    case "string":
      return out.text(value);
    case "number":
      return out.number(value);
    case "boolean":
      return out.byte(value ? 0xf5 : 0xf4);
    case "bigint":
      return out.bigInt(value);
    default:
  }
  if (isBytes(value)) return out.blob(value);
  if (Array.isArray(value)) {
    out.head(4, value.length);
    for (const item of value) writeAny(item, out);
    return;
  }
  if (!isObject(value)) throw new TypeError(`CBOR cannot represent ${describeType(value)}`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  out.head(5, entries.length);
  for (const [key, item] of entries) {
    out.text(key);
    writeAny(item, out);
  }
}
