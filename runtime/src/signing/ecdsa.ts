/** The cryptographic operations of AWS Signature Version 4A. */
import { createECDH, createHmac, createPrivateKey, type KeyObject, sign } from "node:crypto";

export interface SigningKeyPair {
  readonly privateKey: KeyObject;
  /** Uncompressed point: 4, x, y. */
  readonly publicKey: Uint8Array;
}

/** Order of the curve P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const label = "AWS4-ECDSA-P256-SHA256";

/**
 * The key pair of an access key: the first number in a sequence of hashes that is a valid private key of the curve.
 *
 * @see NIST SP 800-108 (counter mode), and FIPS 186-4, appendix B.4.2
 */
export function keyPairOf(accessKeyId: string, secretAccessKey: string): SigningKeyPair {
  for (let counter = 1; counter <= 254; counter++) {
    const input = Buffer.concat([
      Buffer.of(0, 0, 0, 1),
      Buffer.from(`${label}\0${accessKeyId}`),
      // The counter, and the key's length in bits.
      Buffer.of(counter, 0, 0, 1, 0),
    ]);
    const candidate = BigInt(`0x${createHmac("sha256", `AWS4A${secretAccessKey}`).update(input).digest("hex")}`);
    if (candidate <= order - 2n) return keyPair(candidate + 1n);
  }
  // Each candidate fails with probability 2^-32, so this is unreachable for real keys.
  throw new RangeError("No signing key can be derived from these credentials");
}

function keyPair(secret: bigint): SigningKeyPair {
  const d = Buffer.from(secret.toString(16).padStart(64, "0"), "hex");
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(d);
  const publicKey = curve.getPublicKey();
  const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)];
  const jwk = { kty: "EC", crv: "P-256", d: base64(d), x: base64(x), y: base64(y) };
  return { privateKey: createPrivateKey({ key: jwk, format: "jwk" }), publicKey };
}

/** The signature of a text, DER in hexadecimal. */
export function signEcdsa({ privateKey }: SigningKeyPair, text: string): string {
  return sign("sha256", Buffer.from(text), privateKey).toString("hex");
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64url");
}
