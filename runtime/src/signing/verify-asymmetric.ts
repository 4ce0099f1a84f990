import { createPublicKey, verify } from "node:crypto";
import { canonicalRequestOf, type SignatureSteps, type SignedParts } from "./canonical.js";
import { keyPairOf } from "./ecdsa.js";
import { sha256Hex } from "./hash.js";
import type { SignatureClaim } from "./parse-signature.js";
import type { CanonicalOptions } from "./types.js";

/** Verifies an AWS Signature Version 4A; returns the steps of its computation if it is invalid. */
export function checkAsymmetric(
  { accessKeyId, algorithm, signingDate, scope, signature }: SignatureClaim,
  parts: SignedParts,
  secretAccessKey: string,
  options: CanonicalOptions,
): SignatureSteps | undefined {
  const canonicalRequest = canonicalRequestOf(parts, options);
  const stringToSign = `${algorithm}\n${signingDate}\n${scope}\n${sha256Hex(canonicalRequest)}`;
  const key = createPublicKey(keyPairOf(accessKeyId, secretAccessKey).privateKey);
  const isValid = verify("sha256", Buffer.from(stringToSign), key, Buffer.from(signature, "hex"));
  return isValid ? undefined : { canonicalRequest, stringToSign, signature };
}
