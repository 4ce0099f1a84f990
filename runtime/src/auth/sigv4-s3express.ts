import type { Operation } from "../schema/service.js";
import { signRequest } from "../signing/sign.js";
import type { AuthScheme } from "./auth-scheme.js";
import { createSession as ownOperation } from "./support/create-session.js";
import { type ExpressSession, sessionSourceOf } from "./support/s3-express-sessions.js";
import { describeSignature, signatureIdentity, signWithCredentials } from "./support/signature.js";

/**
 * `sigv4-s3express` of endpoint rules: requests to a bucket of S3 Express One Zone are signed with the credentials of a
 * session, by AWS Signature Version 4. A session lasts a few minutes; there is one for each bucket and identity.
 *
 * @param createSession the operation that returns a session: the modelled one, which older generated packages pass
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
 */
export function sigv4S3Express(createSession: Operation = ownOperation): AuthScheme {
  return {
    id: "aws.auth#sigv4s3express",
    name: "sigv4-s3express",
    family: "sigv4",
    identity: signatureIdentity,
    sign: (context, form = signRequest) =>
      signWithCredentials(
        context,
        "sigv4-s3express",
        (request, options) => {
          const { token } = options.credentials as ExpressSession;
          const headers = Object.assign({}, request.headers, { "x-amz-s3session-token": token });
          return form({ ...request, headers }, options);
        },
        sessionSourceOf(context, createSession),
      ),
    describe: (context) => `by a session, ${describeSignature(context, "sigv4-s3express")}`,
  };
}
