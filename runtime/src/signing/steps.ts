import { canonicalHeaderLines } from "./canonical-headers.js";
import { canonicalPath } from "./canonical-path.js";
import { canonicalQuery } from "./canonical-query.js";
import { hmacSha256Hex, sha256Hex } from "./hash.js";
import type { CanonicalOptions } from "./types.js";

/** Name of the algorithm, as every signature states it. */
export const algorithm = "AWS4-HMAC-SHA256";

/** The parts of a request that a signature covers. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Sorted. */
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** A signature and what led to it. */
export interface SignatureSteps {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** In hexadecimal. */
  readonly signature: string;
}

/**
 * Signs the parts of a request with a derived key.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signParts(
  parts: SignedParts,
  key: Uint8Array,
  signingDate: string,
  scope: string,
  options: CanonicalOptions,
): SignatureSteps {
  const canonicalRequest = canonicalRequestOf(parts, options);
  const stringToSign = `${algorithm}\n${signingDate}\n${scope}\n${sha256Hex(canonicalRequest)}`;
  return { canonicalRequest, stringToSign, signature: hmacSha256Hex(key, stringToSign) };
}

/** The one form of a request that both sides make their signature of. */
export function canonicalRequestOf(parts: SignedParts, options: CanonicalOptions): string {
  const { method, path, query, headers, signedHeaders, payloadHash } = parts;
  const target = `${method}\n${canonicalPath(path, options)}\n${canonicalQuery(query)}`;
  const lines = canonicalHeaderLines(signedHeaders, headers);
  return `${target}\n${lines}\n${signedHeaders.join(";")}\n${payloadHash}`;
}
