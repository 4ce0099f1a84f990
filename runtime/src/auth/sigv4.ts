import { signRequest } from "../signing/sign.js";
import type { AuthScheme } from "./auth-scheme.js";
import { describeSignature, signatureIdentity, signWithCredentials } from "./support/signature.js";

/**
 * `aws.auth#sigv4`: AWS Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function sigv4(): AuthScheme {
  return {
    id: "aws.auth#sigv4",
    name: "sigv4",
    family: "sigv4",
    identity: signatureIdentity,
    sign: (context, form = signRequest) => signWithCredentials(context, "sigv4", form),
    describe: (context) => describeSignature(context, "sigv4"),
  };
}
