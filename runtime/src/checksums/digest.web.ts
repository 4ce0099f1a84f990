import { ConfigurationError } from "../errors/client.js";
import type { DigestAlgorithm } from "./digest.js";

/** `digest.ts` without `node:crypto`: the algorithms of Web Crypto, and MD5. */
export async function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<Uint8Array> {
  if (algorithm === "MD5") return (await import("./md5.js")).md5(bytes);
  const name = { SHA1: "SHA-1", SHA256: "SHA-256", SHA512: "SHA-512" }[algorithm];
  return new Uint8Array(await crypto.subtle.digest(name, bytes as Uint8Array<ArrayBuffer>));
}

/** Web Crypto digests only buffered bytes. */
export function runningDigest(algorithm: DigestAlgorithm): never {
  throw new ConfigurationError(
    `A checksum by ${algorithm} of a stream or Blob cannot be computed in browsers: pass bytes, or choose a CRC.`,
  );
}
