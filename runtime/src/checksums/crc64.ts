/** CRC-64/NVME. Loaded by the first request that is to have it. */

/** The polynomial of the NVM Express specification, reversed, in halves: JavaScript's bit operators know 32 bits. */
const polynomial = { high: 0x9a6c9329, low: 0xac4bc9b5 } as const;

const highs = new Uint32Array(256);
const lows = new Uint32Array(256);

/** The checksum as eight bytes, most significant first. */
export function crc64(bytes: Uint8Array): Uint8Array {
  if (lows[1] === 0) fillTables();
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
    high = (high >>> 8) ^ (highs[index] ?? 0);
  }
  const result = new DataView(new ArrayBuffer(8));
  result.setUint32(0, ~high);
  result.setUint32(4, ~low);
  return new Uint8Array(result.buffer);
}

/** The remainders of all bytes. */
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
