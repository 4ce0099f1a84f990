import type { RunningChecksum } from "./types.js";

/** CRC-32 (ISO-HDLC, as in gzip) and CRC-32C (Castagnoli), by their reversed polynomials. */
export const polynomials = { CRC32: 0xedb88320, CRC32C: 0x82f63b78 } as const;

const tables = new Map<number, Uint32Array>();

/** The checksum of bytes that come one after the other. */
export class Crc32 implements RunningChecksum {
  readonly #table: Uint32Array;
  #crc = 0xffffffff;

  constructor(polynomial: number) {
    this.#table = tables.get(polynomial) ?? tableOf(polynomial);
  }

  update(bytes: Uint8Array): this {
    const table = this.#table;
    let crc = this.#crc;
    for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
    this.#crc = crc;
    return this;
  }

  /** Four bytes, most significant first. */
  digest(): Uint8Array {
    const result = new Uint8Array(4);
    new DataView(result.buffer).setUint32(0, ~this.#crc);
    return result;
  }
}

/** The checksum of bytes that are all there. */
export function crc32(bytes: Uint8Array, polynomial: number): Uint8Array {
  return new Crc32(polynomial).update(bytes).digest();
}

/** The remainders of all bytes. */
function tableOf(polynomial: number): Uint32Array {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0);
    return remainder;
  });
  tables.set(polynomial, table);
  return table;
}
