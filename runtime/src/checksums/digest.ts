import { createHash } from "node:crypto";

export type DigestAlgorithm = "MD5" | "SHA1" | "SHA256" | "SHA512";

export function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(createHash(algorithm).update(bytes).digest());
}
