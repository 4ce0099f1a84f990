import { Crc32, polynomials } from "./crc32.js";
import { type DigestAlgorithm, runningDigest } from "./digest.js";
import type { RunningChecksum } from "./types.js";

/** What begins a checksum. */
export async function runningChecksum(algorithm: string): Promise<() => RunningChecksum> {
  if (algorithm === "CRC64NVME") {
    const { Crc64 } = await import("./crc64.js");
    return () => new Crc64();
  }
  if (algorithm === "CRC32" || algorithm === "CRC32C") return () => new Crc32(polynomials[algorithm]);
  // Begun once at least, so that what is not available fails the call before it sends anything.
  runningDigest(algorithm as DigestAlgorithm);
  return () => runningDigest(algorithm as DigestAlgorithm);
}
