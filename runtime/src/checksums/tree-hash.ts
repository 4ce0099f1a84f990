/** The checksum that Amazon S3 Glacier requires for uploads. Loaded by the first one. */
import type { RequestBody } from "../schema/http.js";
import { encodeHex, joinBytes } from "../text/bytes.js";
import { inChunks } from "./chunks.js";
import { digest, runningDigest } from "./digest.js";

const leafSize = 2 ** 20;

/**
 * The SHA-256 of a body, and that of its hash tree: the hashes of each mebibyte are joined in pairs and hashed, and so
 * on. In hexadecimal.
 *
 * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html
 */
export async function hashTree(
  body: Uint8Array | RequestBody,
): Promise<{ readonly hash: string; readonly tree: string }> {
  const isBuffered = body instanceof Uint8Array;
  const running = isBuffered ? undefined : runningDigest("SHA256");
  let level: Uint8Array[] = [];
  for await (const leaf of inChunks(isBuffered ? [body] : body, leafSize)) {
    running?.update(leaf);
    level.push(await digest("SHA256", leaf));
  }
  const hash = running?.digest() ?? (await digest("SHA256", isBuffered ? body : new Uint8Array()));
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const pair = level.slice(index, index + 2);
      above.push(pair.length === 1 ? joinBytes(pair) : await digest("SHA256", joinBytes(pair)));
    }
    level = above;
  }
  return { hash: encodeHex(hash), tree: encodeHex(level[0] ?? hash) };
}
