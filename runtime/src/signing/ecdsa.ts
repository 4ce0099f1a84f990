/** The cryptographic operations of AWS Signature Version 4A. */
import { createECDH, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { privateKeyOf } from "./ecdsa-key.js";

export interface SigningKeyPair {
  readonly privateKey: KeyObject;
  /** Uncompressed point: 4, x, y. */
  readonly publicKey: Uint8Array;
}

export function keyPairOf(accessKeyId: string, secretAccessKey: string): SigningKeyPair {
  const d = Buffer.from(privateKeyOf(accessKeyId, secretAccessKey).toString(16).padStart(64, "0"), "hex");
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(d);
  const publicKey = curve.getPublicKey();
  const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)];
  const jwk = { kty: "EC", crv: "P-256", d: base64(d), x: base64(x), y: base64(y) };
  return { privateKey: createPrivateKey({ key: jwk, format: "jwk" }), publicKey };
}

/** The signature of a text, DER in hexadecimal. A promise in `ecdsa.web.ts`. */
export function signEcdsa({ privateKey }: SigningKeyPair, text: string): string | Promise<string> {
  return sign("sha256", Buffer.from(text), privateKey).toString("hex");
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64url");
}
