import { authenticate, schemeOf } from "../../auth/support/authenticate.js";
import { isClientsmithError } from "../../errors/base.js";
import type { CallContext } from "../../features/context.js";
import type { HttpRequest as WireRequest } from "../../schema/http.js";
import type { SignatureForm } from "../../signing/types.js";
import { abortedError, awsError } from "../aws-error.js";
import { byteLength, type HttpRequest } from "../http-request.js";
import { removeHeader, setHeader, wireHeaders } from "./headers.js";
import type { ClassicCall } from "./classic-call.js";
import { settle } from "./settle.js";

/** Headers of an earlier signature, which AWS SDK v2 never sends. */
const replaced = ["authorization", "date", "x-amz-date", "x-amz-security-token"] as const;

/** Signs each attempt by the auth schemes of the core, as the request then is. */
export function addSigning(context: ClassicCall): void {
  const { request } = context;

  request.onAsync("sign", (_request, done) => {
    const { target } = context;
    if (!target || request.response.error || context.authSchemes.length === 0) return done();
    settle(
      () => {
        removeSignature(request.httpRequest, context.signedHeaders);
        const attempt = context.attempt(target);
        const { signatureForm } = request;
        return signatureForm ? signInForm(attempt, signatureForm) : authenticate(attempt);
      },
      (signed) => {
        if (request.signatureForm) request.httpRequest.path = `${signed.path}?${signed.query}`;
        else context.signedHeaders = addSignature(request.httpRequest, signed);
      },
      (error) => done(error && (request.signal.aborted ? abortedError() : signingError(error))),
    );
  });
}

/** @throws AWSError for an operation that is not signed with credentials */
function signInForm(attempt: CallContext, form: SignatureForm): WireRequest | Promise<WireRequest> {
  const scheme = schemeOf(attempt);
  if (scheme?.family === "sigv4") return scheme.sign(attempt, form);
  const message = "Presigning only supports S3 or SigV4 signing.";
  throw awsError(new Error(), { code: "UnsupportedSigner", message, retryable: false });
}

function removeSignature({ headers, body }: HttpRequest, signedHeaders: Readonly<Record<string, string>>): void {
  const current = wireHeaders(headers);
  for (const name of replaced) removeHeader(headers, name);
  for (const [name, value] of Object.entries(signedHeaders)) if (current[name] === value) removeHeader(headers, name);
  // A listener may have changed the body since.
  if (current["content-length"] !== undefined) setHeader(headers, "content-length", byteLength(body));
}

/** Adds the headers of a signature. @returns those that are new or other than before, by lower-case name */
function addSignature({ headers }: HttpRequest, signed: WireRequest): Readonly<Record<string, string>> {
  const current = wireHeaders(headers);
  const added = Object.entries(signed.headers).filter(([name, value]) => current[name] !== value);
  for (const [name, value] of added) if (name !== "host") setHeader(headers, name, value);
  return Object.fromEntries(added);
}

/** The core reports a missing bearer token as missing credentials. */
function signingError(error: unknown): unknown {
  if (!isClientsmithError(error) || error.code !== "Credentials") return error;
  return awsError(new Error(), { code: "TokenError", message: error.message });
}
