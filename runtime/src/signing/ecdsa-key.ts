import { encodeHex } from "../text/bytes.js";
import { hmacSha256 } from "./hash.js";

/** Order of the curve P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const label = "AWS4-ECDSA-P256-SHA256";

/**
 * The private key of an access key, as a number: the first one in a sequence of hashes that is valid on the curve.
 *
 * @see NIST SP 800-108 (counter mode), and FIPS 186-4, appendix B.4.2
 */
export function privateKeyOf(accessKeyId: string, secretAccessKey: string): bigint {
  // The specification counts to 254. Beyond 127, a counter would not be one byte of UTF-8.
  for (let counter = 1; counter <= 127; counter++) {
    // At the end, the counter and the key's length in bits.
    const text = `\0\0\0\x01${label}\0${accessKeyId}${String.fromCharCode(counter)}\0\0\x01\0`;
    const candidate = BigInt(`0x${encodeHex(hmacSha256(`AWS4A${secretAccessKey}`, text))}`);
    if (candidate <= order - 2n) return candidate + 1n;
  }
  // Each candidate fails with probability 2^-32, so this is unreachable for real keys.
  throw new RangeError("No signing key can be derived from these credentials");
}
