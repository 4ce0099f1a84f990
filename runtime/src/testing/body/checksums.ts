import { runningChecksum } from "../../checksums/running.js";
import type { RunningChecksum } from "../../checksums/types.js";
import { encodeBase64, encodeHex } from "../../text/bytes.js";
import { RejectionError } from "../rejection.js";

/** A checksum that a request declares. */
export interface DeclaredChecksum {
  /** The header or trailer, for the message. */
  readonly name: string;
  readonly algorithm: string;
  /** Name of the error. */
  readonly error: "BadDigest" | "XAmzContentSHA256Mismatch";
  /** The text of the declared value; called after the last byte, because a trailer is then known. */
  readonly value: () => string | undefined;
}

const headerPrefix = "x-amz-checksum-";
const algorithms = new Set(["CRC32", "CRC32C", "CRC64NVME", "MD5", "SHA1", "SHA256", "SHA512"]);

/** The algorithm of a header or trailer such as `x-amz-checksum-crc32`; undefined for others. */
export function checksumAlgorithm(name: string): string | undefined {
  if (!name.startsWith(headerPrefix)) return undefined;
  const algorithm = name.slice(headerPrefix.length).toUpperCase();
  return algorithms.has(algorithm) ? algorithm : undefined;
}

/** The body, unchanged. Its checksums are compared after its last byte. */
export async function* verifyChecksums(
  body: AsyncIterable<Uint8Array>,
  declared: readonly DeclaredChecksum[],
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const running: [DeclaredChecksum, RunningChecksum][] = [];
  for (const each of declared) running.push([each, (await runningChecksum(each.algorithm))()]);
  for await (const part of body) {
    for (const [, checksum] of running) checksum.update(part);
    yield part;
  }
  for (const [each, checksum] of running) compare(each, checksum.digest());
  return undefined;
}

function compare({ name, error, value }: DeclaredChecksum, digest: Uint8Array): void {
  const wanted = value();
  const found = error === "BadDigest" ? encodeBase64(digest) : encodeHex(digest);
  if (wanted === undefined || wanted === found) return;
  throw new RejectionError(error, 400, `${name} is ${wanted}, but the body that was received has ${found}`);
}
