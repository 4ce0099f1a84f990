/** The decoder of CBOR before the one that the runtime has now, by another codec: what decoders are compared with. */
import { decimalText } from "#runtime/protocols/cbor/numbers.js";
import { decode, Token, Tokenizer, type TagDecodeControl, Type } from "cborg";
import type { DecodeTokenizer } from "cborg/interface";
import { encodeHex, joinBytes } from "#runtime/text/bytes.js";

/** Arrays, maps and tags inside each other that a body may have: far more than any model, far less than the stack. */
const maxDepth = 500;

/** Bytes that the digits of one number may take: its cost grows faster than its length. */
const maxNumberBytes = 4096;

/** Tags with a meaning of their own; others mean nothing that Smithy has, so only what they hold counts. */
const tags = {
  /** Seconds since 1970: the member's own type says so. */
  1: (decodeContent: TagDecodeControl) => decodeContent(),
  2: (decodeContent: TagDecodeControl) => magnitude(decodeContent()),
  3: (decodeContent: TagDecodeControl) => -1n - magnitude(decodeContent()),
  4: (decodeContent: TagDecodeControl) => decimalText(decodeContent()),
};

const options = { tags, coerceUndefinedToNull: true, allowBigInt: true };

/**
 * The value of a body: numbers (whole ones beyond 2^53 as bigint, decimal fractions as text), texts, bytes, booleans,
 * arrays, objects, and null, for undefined too.
 *
 * @throws SyntaxError for what is not CBOR, or deeper than {@link maxDepth}
 * @see https://www.rfc-editor.org/rfc/rfc8949
 */
export function decodeCbor(bytes: Uint8Array, rejectDuplicateMapKeys = false): unknown {
  // The codec slices byte strings out of the body, and a slice of a Buffer would share its memory.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return decode(body, { ...options, rejectDuplicateMapKeys, tokenizer: new ResponseTokenizer(body) });
  } catch (cause) {
    // Whatever stops the decoder, it is the bytes: nothing else goes in.
    throw new SyntaxError("The bytes are not CBOR", { cause });
  }
}

/** Reads what the codec's own tokenizer rejects, strings in chunks and unknown tags, and bounds the depth. */
class ResponseTokenizer implements DecodeTokenizer {
  readonly #data: Uint8Array;
  /** Of the data from `#start` on. */
  #tokenizer: Tokenizer;
  #start = 0;
  /** Items still to come in each array, map and tag that is not at its end. */
  readonly #open: number[] = [];
  /** Items that came already in each of them that is a map; no number for the others. */
  readonly #counts: number[] = [];

  constructor(data: Uint8Array) {
    this.#data = data;
    this.#tokenizer = new Tokenizer(data, options);
  }

  pos(): number {
    return this.#start + this.#tokenizer.pos();
  }

  done(): boolean {
    return this.#tokenizer.done();
  }

  next(): Token {
    const token = this.#known();
    if (token.type === Type.array) this.#enter(token.value);
    else if (token.type === Type.map) this.#enter(2 * token.value, 0);
    else if (token.type === Type.tag) this.#enter(1);
    else {
      if (token.type === Type.break) {
        // The codec takes one for a value where it has no place.
        if (this.#open.pop() !== Infinity || (this.#counts.pop() ?? 0) % 2 === 1) throw new Error("a break alone");
      }
      this.#leave();
    }
    return token;
  }

  #known(): Token {
    for (let isTagged = false; ; isTagged = true) {
      const first = this.#data[this.pos()];
      if (first === 0x5f) return new Token(Type.bytes, joinBytes(this.#chunks(Type.bytes) as Uint8Array[]));
      if (first === 0x7f) return new Token(Type.string, this.#chunks(Type.string).join(""));
      const token = this.#tokenizer.next();
      if (isTagged && token.type === Type.break) throw new Error("a tag of nothing");
      if (token.type !== Type.tag || token.value in tags) return token;
    }
  }

  /** A string of unknown length, which the codec does not know: chunks of its type up to a break. */
  #chunks(type: Type): unknown[] {
    this.#start = this.pos() + 1;
    this.#tokenizer = new Tokenizer(this.#data.subarray(this.#start), options);
    const chunks: unknown[] = [];
    for (;;) {
      const chunk = this.#tokenizer.next();
      if (chunk.type === Type.break) return chunks;
      if (chunk.type !== type) throw new TypeError("a string in chunks holds something else");
      chunks.push(chunk.value);
    }
  }

  #enter(items: number, count = NaN): void {
    if (items === 0) return this.#leave();
    this.#counts.push(count);
    if (this.#open.push(items) > maxDepth) throw new Error("too deep");
  }

  /** One item is complete, and with it those that it was the last of. */
  #leave(): void {
    for (let last = this.#open.length - 1; last >= 0; last--) {
      const left = (this.#open[last] ?? 0) - 1;
      this.#open[last] = left;
      this.#counts[last] = (this.#counts[last] ?? 0) + 1;
      if (left > 0) return;
      this.#open.pop();
      this.#counts.pop();
    }
  }
}

/** The number that the bytes of a bignum (RFC 8949, section 3.4.3) write. */
function magnitude(content: unknown): bigint {
  if (!(content instanceof Uint8Array)) throw new TypeError("not the bytes of a number");
  if (content.byteLength > maxNumberBytes) throw new RangeError("a number too long");
  return BigInt(`0x0${encodeHex(content)}`);
}
