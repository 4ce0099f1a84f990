import { createHash, hash } from "node:crypto";
import type { RunningChecksum } from "./types.js";

export type DigestAlgorithm = "MD5" | "SHA1" | "SHA256" | "SHA512";

export function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(hash(algorithm, bytes, "buffer"));
}

/** The incremental digest of bytes. */
export function runningDigest(algorithm: DigestAlgorithm): RunningChecksum {
  return createHash(algorithm);
}
