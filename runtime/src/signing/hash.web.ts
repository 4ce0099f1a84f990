/** `hash.ts` for platforms without `node:crypto`: Web Crypto is asynchronous, and signing is not. */

import { encodeHex, joinBytes } from "../text/bytes.js";
import { firstPrimes } from "./first-primes.js";

const blockSize = 64;

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. FIPS 180-4, section 4.2.2. */
const constants = new Uint32Array(firstPrimes(64).map((prime) => fractionBits(Math.cbrt(prime))));

/** The same for the square roots of the first 8 primes: the initial state. Section 5.3.3. */
const initialState = firstPrimes(8).map((prime) => fractionBits(Math.sqrt(prime)));

const encoder = new TextEncoder();

export function sha256Hex(data: string | Uint8Array): string {
  return encodeHex(sha256(bytesOf(data)));
}

/** @see https://www.rfc-editor.org/rfc/rfc2104 */
export function hmacSha256(key: string | Uint8Array, data: string): Uint8Array {
  const given = bytesOf(key);
  const padded = new Uint8Array(blockSize);
  padded.set(given.length > blockSize ? sha256(given) : given);
  const inner = sha256(joinBytes([padded.map((byte) => byte ^ 0x36), bytesOf(data)]));
  return sha256(joinBytes([padded.map((byte) => byte ^ 0x5c), inner]));
}

export function hmacSha256Hex(key: Uint8Array, data: string): string {
  return encodeHex(hmacSha256(key, data));
}

/** Compares in a time that depends only on the lengths. */
export function equalInConstantTime(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}

/** @see https://doi.org/10.6028/NIST.FIPS.180-4 */
function sha256(message: Uint8Array): Uint8Array {
  const view = pad(message);
  const state = Uint32Array.from(initialState);
  const words = new Uint32Array(64);
  for (let start = 0; start < view.byteLength; start += blockSize) {
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let index = 0; index < 64; index++) {
      const early = words[index - 15] ?? 0;
      const late = words[index - 2] ?? 0;
      const word =
        index < 16
          ? view.getUint32(start + 4 * index)
          : (words[index - 16] ?? 0) +
            (rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)) +
            (words[index - 7] ?? 0) +
            (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10));
      words[index] = word;
      const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const first = (h + sum1 + ((e & f) ^ (~e & g)) + (constants[index] ?? 0) + word) | 0;
      const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value;
  }
  for (const [index, word] of state.entries()) view.setUint32(4 * index, word);
  return new Uint8Array(view.buffer, 0, 32);
}

/** Pads the message to a whole number of blocks: a one bit, zeros, and the length in bits. Section 5.1.1. */
function pad(message: Uint8Array): DataView {
  const { length } = message;
  const size = Math.ceil((length + 9) / blockSize) * blockSize;
  const bytes = new Uint8Array(size);
  bytes.set(message);
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(size - 8, length / 2 ** 29);
  view.setUint32(size - 4, length << 3);
  return view;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fractionBits(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === "string" ? encoder.encode(data) : data;
}
