/** CRC-64/NVME. Loaded by the first request that uses it. */
import type { RunningChecksum } from "./types.js";

/**
 * The polynomial of the NVM Express specification, reversed, in halves: JavaScript's bitwise operators work on 32 bits.
 */
const polynomial = { high: 0x9a6c9329, low: 0xac4bc9b5 } as const;

const highs = new Uint32Array(256);
const lows = new Uint32Array(256);

/** The incremental checksum of bytes. */
export class Crc64 implements RunningChecksum {
  #high = 0xffffffff;
  #low = 0xffffffff;

  constructor() {
    if (lows[1] === 0) fillTables();
  }

  update(bytes: Uint8Array): this {
    let high = this.#high;
    let low = this.#low;
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
      high = (high >>> 8) ^ (highs[index] ?? 0);
    }
    this.#high = high;
    this.#low = low;
    return this;
  }

  /** Eight bytes, big-endian. */
  digest(): Uint8Array {
    const result = new DataView(new ArrayBuffer(8));
    result.setUint32(0, ~this.#high);
    result.setUint32(4, ~this.#low);
    return new Uint8Array(result.buffer);
  }
}

/** The checksum of buffered bytes. */
export function crc64(bytes: Uint8Array): Uint8Array {
  return new Crc64().update(bytes).digest();
}

/** The table of remainders, one for each byte. */
function fillTables(): void {
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (low & 1) === 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd) {
        low ^= polynomial.low;
        high ^= polynomial.high;
      }
    }
    highs[byte] = high;
    lows[byte] = low;
  }
}
