/** `sha512-256.ts` for platforms without `node:crypto`: Web Crypto has SHA-512, but not with this initial state. */

import { firstPrimes } from "../signing/first-primes.js";
import { encodeHex } from "../text/bytes.js";

const blockSize = 128;
const mask = (1n << 64n) - 1n;
const primes = /* @__PURE__ */ firstPrimes(80).map(BigInt);

/** The first 64 bits of the fractional parts of the cube roots of the first 80 primes. FIPS 180-4, section 4.2.3. */
const constants = /* @__PURE__ */ primes.map((prime) => root(prime << 192n, 3n) & mask);

/** The same for the square roots of the first 8 primes: the initial state of SHA-512. Section 5.3.5. */
const initial = /* @__PURE__ */ primes.slice(0, 8).map((prime) => root(prime << 128n, 2n) & mask);

/** The initial state of SHA-512/256 is itself a hash, of its name. Section 5.3.6. */
const own = /* @__PURE__ */ hashWith(
  initial.map((word) => word ^ 0xa5a5a5a5a5a5a5a5n),
  new TextEncoder().encode("SHA-512/256"),
);

export function sha512t256Hex(data: string | Uint8Array): string {
  const words = hashWith(own, typeof data === "string" ? new TextEncoder().encode(data) : data);
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of words.slice(0, 4).entries()) digest.setBigUint64(8 * index, word);
  return encodeHex(new Uint8Array(digest.buffer));
}

/** @see https://doi.org/10.6028/NIST.FIPS.180-4 section 6.4 */
function hashWith(start: readonly bigint[], message: Uint8Array): readonly bigint[] {
  const bytes = new Uint8Array(Math.ceil((message.length + 17) / blockSize) * blockSize);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  let state = start;
  for (let offset = 0; offset < bytes.length; offset += blockSize) state = mix(state, schedule(view, offset));
  return state;
}

function schedule(view: DataView, offset: number): readonly bigint[] {
  const words = Array.from({ length: 16 }, (_, index) => view.getBigUint64(offset + 8 * index));
  for (let index = 16; index < 80; index++) {
    const early = at(words, index - 15);
    const late = at(words, index - 2);
    const sigma0 = rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n);
    const sigma1 = rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n);
    words.push((at(words, index - 16) + sigma0 + at(words, index - 7) + sigma1) & mask);
  }
  return words;
}

function mix(state: readonly bigint[], words: readonly bigint[]): readonly bigint[] {
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let index = 0; index < 80; index++) {
    const sum1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const first = h + sum1 + ((e & f) ^ (~e & mask & g)) + at(constants, index) + at(words, index);
    const sum0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & mask, c, b, a, (first + second) & mask];
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => (at(state, index) + value) & mask);
}

function rotate(word: bigint, bits: bigint): bigint {
  return ((word >> bits) | (word << (64n - bits))) & mask;
}

function at(words: readonly bigint[], index: number): bigint {
  return words[index] ?? 0n;
}

/** The integer part of the n-th root, by Newton's method from above. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << 70n;
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}
