/** CRC-32 (ISO-HDLC, as in gzip) and CRC-32C (Castagnoli), by their reversed polynomials. */
export const polynomials = { CRC32: 0xedb88320, CRC32C: 0x82f63b78 } as const;

const tables = new Map<number, Uint32Array>();

/** The checksum as four bytes, most significant first. */
export function crc32(bytes: Uint8Array, polynomial: number): Uint8Array {
  const table = tables.get(polynomial) ?? tableOf(polynomial);
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  const result = new Uint8Array(4);
  new DataView(result.buffer).setUint32(0, ~crc);
  return result;
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
