import type { CallContext, ClientContext } from "../../features/context.js";
import type { SigningOptions, SigningCredentials } from "../../signing/types.js";
import { type SigningTarget, signingTargetOf } from "../../endpoints/signing-target.js";
import type { CredentialSource } from "../../credentials/types.js";
import type { HttpRequest } from "../../schema/http.js";
import type { IdentityOrigin } from "../auth-scheme.js";

/** Signs the headers of a request. */
type Sign = (
  request: HttpRequest,
  options: SigningOptions,
  target: SigningTarget,
) => HttpRequest | Promise<HttpRequest>;

/** Credentials come from the client's option or from the default chain. */
export function signatureIdentity({ options }: ClientContext): IdentityOrigin {
  return options.credentials === undefined ? "chain" : "option";
}

/**
 * Signs a request with AWS credentials, without a promise if they are available already. A service without a signing
 * name is not signed.
 *
 * @param scheme name of the auth scheme
 * @param source where the credentials come from; default: the client's
 */
export function signWithCredentials(
  context: CallContext,
  scheme: string,
  sign: Sign,
  source: CredentialSource<SigningCredentials> = context.client.credentials,
): HttpRequest | Promise<HttpRequest> {
  const { client, request, target } = context;
  const signing = signingTargetOf(target, client.service, scheme);
  if (!signing) return request;
  const found = source.get(context);
  if (!(found instanceof Promise)) return signWith(found, signing, context, sign);
  return found.then((credentials) => signWith(credentials, signing, context, sign));
}

function signWith(
  credentials: SigningCredentials,
  signing: SigningTarget,
  { client, operation, request, state, maxAttempts }: CallContext,
  sign: Sign,
): HttpRequest | Promise<HttpRequest> {
  // Services count retries by this header.
  const attemptHeader = { "amz-sdk-request": `attempt=${state.attempts}; max=${maxAttempts}` };
  const headers = Object.assign(attemptHeader, request.headers);
  const { method, origin, path, query, body, stream } = request;
  state.clockOffset = client.clock.offset;
  state.signedAt = client.clock.now();
  state.signedWith = credentials;
  const { region, service, doubleEncodePath } = signing;
  const options: SigningOptions = {
    region,
    service,
    doubleEncodePath,
    // Paths that are encoded once are signed as they are sent: in S3 `a/../b` is a key of its own.
    normalizePath: doubleEncodePath,
    credentials,
    date: new Date(state.signedAt),
    keyCache: client.signingKeys,
    signBody: true,
    // Unless the request contains a hash already.
    unsignedPayload: operation.unsignedPayload && headers["x-amz-content-sha256"] === undefined,
  };
  return sign({ method, origin, path, query, headers, body, stream }, options, signing);
}

/** `for cloudtrail in us-east-1, dated …`. */
export function describeSignature({ client, target, state }: CallContext, scheme: string): string {
  const signing = signingTargetOf(target, client.service, scheme);
  if (!signing || !state.signedWith) return "no";
  const date = new Date(state.signedAt).toISOString();
  return `for ${signing.service} in ${signing.region}, dated ${date} (clock offset ${state.clockOffset} ms)`;
}
