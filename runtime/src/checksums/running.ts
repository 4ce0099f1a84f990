import { Crc32, polynomials } from "./crc32.js";
import { type DigestAlgorithm, runningDigest } from "./digest.js";
import type { RunningChecksum } from "./types.js";

/** Creates an incremental checksum. */
export async function runningChecksum(algorithm: string): Promise<() => RunningChecksum> {
  if (algorithm === "CRC64NVME") {
    const Crc64 = (await import("./crc64.js")).Crc64;
    return () => new Crc64();
  }
  if (algorithm === "CRC32" || algorithm === "CRC32C") return () => new Crc32(polynomials[algorithm]);
  // Created once here, so that an unavailable algorithm fails the call before anything is sent.
  runningDigest(algorithm as DigestAlgorithm);
  return () => runningDigest(algorithm as DigestAlgorithm);
}
