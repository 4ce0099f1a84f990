import { nativeCrc32 } from "./native-crc32.js";
import type { RunningChecksum } from "./types.js";

/** CRC-32 (ISO-HDLC, as in gzip) and CRC-32C (Castagnoli), by their reversed polynomials. */
export const polynomials = { CRC32: 0xedb88320, CRC32C: 0x82f63b78 } as const;

const tables = new Map<number, Uint32Array>();

/** The incremental checksum of bytes. */
export class Crc32 implements RunningChecksum {
  readonly #update: (bytes: Uint8Array, before: number) => number;
  #crc = 0;

  constructor(polynomial: number) {
    this.#update = (polynomial === polynomials.CRC32 && nativeCrc32) || updaterOf(polynomial);
  }

  update(bytes: Uint8Array): this {
    this.#crc = this.#update(bytes, this.#crc);
    return this;
  }

  /** Four bytes, big-endian. */
  digest(): Uint8Array {
    const result = new Uint8Array(4);
    new DataView(result.buffer).setUint32(0, this.#crc);
    return result;
  }
}

/** The checksum of buffered bytes. */
export function crc32(bytes: Uint8Array, polynomial: number): Uint8Array {
  return new Crc32(polynomial).update(bytes).digest();
}

function updaterOf(polynomial: number): (bytes: Uint8Array, before: number) => number {
  const table = tables.get(polynomial) ?? tableOf(polynomial);
  return (bytes, before) => {
    let crc = ~before;
    // By index, which is faster than iterating.
    for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
    return ~crc;
  };
}

/** The table of remainders, one for each byte. */
function tableOf(polynomial: number): Uint32Array {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0);
    return remainder;
  });
  tables.set(polynomial, table);
  return table;
}
