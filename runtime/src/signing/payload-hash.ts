import { sha256Hex } from "./hash.js";

/** Stands where the body's hash would, for a body that is not signed. */
export const unsignedPayload = "UNSIGNED-PAYLOAD";

const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** SHA-256 of a body, in hexadecimal. */
export function hashPayload(body: string | Uint8Array | undefined): string {
  return body === undefined || body.length === 0 ? emptyHash : sha256Hex(body);
}
