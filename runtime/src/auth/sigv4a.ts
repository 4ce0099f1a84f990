import { asymmetricAlgorithm, signAsymmetric } from "../signing/sigv4a.js";
import type { AuthScheme } from "./auth-scheme.js";
import { describeSignature, signatureIdentity, signWithCredentials } from "./support/signature.js";

/**
 * `aws.auth#sigv4a`: AWS Signature Version 4A, which is valid in several Regions.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function sigv4a(): AuthScheme {
  return {
    id: "aws.auth#sigv4a",
    name: "sigv4a",
    family: "sigv4",
    identity: signatureIdentity,
    sign: (context, form) =>
      signWithCredentials(context, "sigv4a", (request, options, { region, regionSet = [region] }) =>
        form
          ? form(request, { ...options, algorithm: asymmetricAlgorithm({ ...options, regionSet }) })
          : signAsymmetric(request, { ...options, regionSet }),
      ),
    describe: (context) => describeSignature(context, "sigv4a"),
  };
}
