import { digest } from "../checksums/digest.js";
import { isBytes } from "../schema/values.js";
import { decodeBase64, encodeBase64 } from "../text/bytes.js";
import type { Feature } from "./feature.js";

/**
 * Amazon S3: encryption keys of the caller, as bytes or as text, are sent in base64 with the MD5 of the key. Text that
 * is the base64 of a key (32 bytes) is sent unchanged.
 *
 * @param keys input members with a key, and for each the member with its MD5
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 */
export function customerKeys(keys: Readonly<Record<string, string>>): Feature {
  return {
    name: "customer-keys",
    data: keys,
    input(input) {
      const values = input as Readonly<Record<string, unknown>>;
      return Object.keys(keys).some((key) => keyBytes(values[key])) ? encode(values, keys) : input;
    },
  };
}

async function encode(
  input: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, string>>,
): Promise<object> {
  const encoded: Record<string, unknown> = { ...input };
  for (const [key, md5] of Object.entries(keys)) {
    const bytes = keyBytes(encoded[key]);
    if (!bytes) continue;
    encoded[key] = encodeBase64(bytes);
    encoded[md5] = encodeBase64(await digest("MD5", bytes));
  }
  return encoded;
}

function keyBytes(key: unknown): Uint8Array | undefined {
  if (isBytes(key)) return key;
  if (typeof key !== "string" || key === "") return undefined;
  const isEncoded = /^[A-Za-z0-9+/]{43}=$/.test(key);
  return isEncoded ? decodeBase64(key) : new TextEncoder().encode(key);
}
