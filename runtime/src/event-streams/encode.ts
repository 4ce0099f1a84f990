import { crc32, polynomials } from "../checksums/crc32.js";
import { encodeHeaders } from "./headers.js";
import { emptyLength, type EventMessage, maxMessageLength, preludeLength } from "./message.js";

/** The bytes of a message. @throws RangeError for one that is too large */
export function encodeMessage({ headers, payload }: EventMessage): Uint8Array {
  const encoded = encodeHeaders(headers);
  const length = emptyLength + encoded.byteLength + payload.byteLength;
  if (length > maxMessageLength) throw new RangeError(`it has ${length} bytes, of ${maxMessageLength} allowed`);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  view.setUint32(4, encoded.byteLength);
  bytes.set(crc32(bytes.subarray(0, 8), polynomials.CRC32), 8);
  bytes.set(encoded, preludeLength);
  bytes.set(payload, preludeLength + encoded.byteLength);
  bytes.set(crc32(bytes.subarray(0, length - 4), polynomials.CRC32), length - 4);
  return bytes;
}
