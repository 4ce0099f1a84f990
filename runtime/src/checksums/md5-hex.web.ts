import { encodeHex } from "../text/bytes.js";
import { md5 } from "./md5.js";

/** `md5-hex.ts` for platforms without `node:crypto`: Web Crypto has no MD5. */
export function md5Hex(data: string | Uint8Array): string {
  return encodeHex(md5(typeof data === "string" ? new TextEncoder().encode(data) : data));
}
