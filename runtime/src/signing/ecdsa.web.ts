/** `ecdsa.ts` for platforms without `node:crypto`. Web Crypto signs, but takes a private key with its public key only. */
import { ConfigurationError } from "../errors/client.js";
import { encodeBase64, encodeHex } from "../text/bytes.js";
import { privateKeyOf } from "./ecdsa-key.js";
import { publicPointOf } from "./p256.web.js";

export interface SigningKeyPair {
  readonly privateKey: ReturnType<typeof crypto.subtle.importKey>;
  /** Uncompressed point: 4, x, y. */
  readonly publicKey: Uint8Array;
}

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** @throws ConfigurationError in a page that was not loaded over https, where there is no Web Crypto */
export function keyPairOf(accessKeyId: string, secretAccessKey: string): SigningKeyPair {
  const { subtle } = crypto as Partial<typeof crypto>;
  if (!subtle) {
    throw new ConfigurationError(
      "This endpoint requires AWS Signature Version 4A, and there is no Web Crypto: serve the page over https, or use a resource of a single Region.",
    );
  }
  const number = privateKeyOf(accessKeyId, secretAccessKey);
  const [d, x, y] = [number, ...publicPointOf(number)].map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array];
  const jwk = { kty: "EC", crv: "P-256", d: base64Url(d), x: base64Url(x), y: base64Url(y) };
  const privateKey = subtle.importKey("jwk", jwk, ecdsa, false, ["sign"]);
  // The signature reports it.
  privateKey.catch(() => {});
  return { privateKey, publicKey: Uint8Array.of(4, ...x, ...y) };
}

/** The signature of a text, DER in hexadecimal. */
export async function signEcdsa({ privateKey }: SigningKeyPair, text: string): Promise<string> {
  const raw = new Uint8Array(await crypto.subtle.sign(ecdsa, await privateKey, new TextEncoder().encode(text)));
  const numbers = [...derInteger(raw.subarray(0, 32)), ...derInteger(raw.subarray(32))];
  return encodeHex(Uint8Array.of(0x30, numbers.length, ...numbers));
}

/** Without leading zeros, and with one where the number would be negative. ITU-T X.690, section 8.3. */
function derInteger(bytes: Uint8Array): readonly number[] {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(start === -1 ? 31 : start);
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : [];
  return [2, sign.length + digits.length, ...sign, ...digits];
}

function bytesOf(number: bigint): Uint8Array {
  const hex = number.toString(16).padStart(64, "0");
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

function base64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
