import { hash } from "node:crypto";

/** MD5 in hex; text is encoded as UTF-8. Throws where Node's OpenSSL does not permit MD5. */
export function md5Hex(data: string | Uint8Array): string {
  return hash("md5", data, "hex");
}
