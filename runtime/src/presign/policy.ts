import { algorithm } from "../signing/canonical.js";
import { formatSigningDate } from "../signing/date.js";
import { hmacSha256Hex } from "../signing/hash.js";
import { credentialScope, type SigningKeyCache } from "../signing/key.js";
import type { SigningCredentials } from "../signing/types.js";
import { encodeBase64 } from "../text/bytes.js";

/**
 * What the form has to fulfil: a field with a value, a field that starts with a text (`["starts-with", "$key", "user/"]`),
 * or the size of the file in bytes (`["content-length-range", 1, 10_000_000]`).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export type PostCondition =
  | Readonly<Record<string, string>>
  | readonly ["eq" | "starts-with", string, string]
  | readonly ["content-length-range", number, number];

export interface PolicySigningOptions {
  readonly credentials: SigningCredentials;
  readonly region: string;
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly signedAt: number;
  readonly expiresAt: Date;
  readonly keyCache: SigningKeyCache;
}

/**
 * The fields of a form, with a signed policy that requires each of them.
 *
 * @param conditions further conditions, which come first
 * @param last a field after these, with the condition for it
 */
export function signedPolicy(
  given: Readonly<Record<string, string>>,
  conditions: readonly PostCondition[],
  { credentials, region, service, signedAt, expiresAt, keyCache }: PolicySigningOptions,
  last?: { readonly name: string; readonly value: string; readonly condition: PostCondition },
): Record<string, string> {
  const signingDate = formatSigningDate(new Date(signedAt));
  const scope = credentialScope(signingDate, region, service);
  const fields: Record<string, string> = {
    ...given,
    "X-Amz-Algorithm": algorithm,
    "X-Amz-Credential": `${credentials.accessKeyId}/${scope}`,
    "X-Amz-Date": signingDate,
    ...(credentials.sessionToken && { "X-Amz-Security-Token": credentials.sessionToken }),
  };
  const all = [...conditions, ...Object.entries(fields).map(([name, value]) => ({ [name]: value }))];
  if (last) {
    all.push(last.condition);
    fields[last.name] = last.value;
  }
  const expiration = expiresAt.toISOString().replace(/\.\d+/, "");
  const policy = encodeBase64(new TextEncoder().encode(JSON.stringify({ expiration, conditions: all })));
  const signature = hmacSha256Hex(keyCache.get(credentials, scope), policy);
  return { ...fields, Policy: policy, "X-Amz-Signature": signature };
}
