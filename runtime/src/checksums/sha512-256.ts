import { createHash } from "node:crypto";

/** SHA-512/256 in hex; text is encoded as UTF-8. It is not the first half of SHA-512. */
export function sha512t256Hex(data: string | Uint8Array): string {
  return createHash("sha512-256").update(data).digest("hex");
}
