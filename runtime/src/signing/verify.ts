import {
  asymmetricAlgorithm,
  readClaim,
  reject,
  type ReceivedRequest,
  type Rejection,
  type SignatureClaim,
} from "./parse-signature.js";
import { formatSigningDate, parseSigningDate } from "./date.js";
import { equalInConstantTime } from "./hash.js";
import { deriveSigningKey } from "./key.js";
import { hashPayload, unsignedPayload, type SignedParts, signParts, type SignatureSteps } from "./canonical.js";
import { checkAsymmetric } from "./verify-asymmetric.js";
import type { CanonicalOptions } from "./types.js";

export type { ReceivedRequest, Rejection } from "./parse-signature.js";

/** What a service knows about an access key. */
export interface KnownCredentials {
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When the session token expires. */
  readonly expiration?: Date | undefined;
}

/** The known keys and the expected scope. */
export interface VerifyOptions extends CanonicalOptions {
  readonly lookup: (accessKeyId: string) => KnownCredentials | undefined;
  /** The signing name that the scope must have. */
  readonly service: string;
  /** The Region that the scope must have; default: any. */
  readonly region?: string | undefined;
  /** The service's clock. Default: now. */
  readonly now?: Date | undefined;
  /**
   * The hash that the signature covers, instead of the one of the body: for a body that is not read yet, or that is not
   * signed. The caller compares it with the body.
   */
  readonly payloadHash?: string | undefined;
  /** Max difference between the clocks in seconds. Default 300. */
  readonly maxSkew?: number | undefined;
}

export interface Authentic {
  readonly ok: true;
  readonly accessKeyId: string;
  /** The Region of the scope; the Regions as sent for version 4A. */
  readonly region: string;
  /** What signatures of the body's chunks and events continue from. */
  readonly signature: string;
  /** `20150830T123600Z`. */
  readonly signingDate: string;
  readonly scope: string;
}

/**
 * Verifies the AWS Signature Version 4 of a received request, in the header form or the query form, as a service does:
 * known key, session token, date, scope, then the signature over the request as received.
 */
export function verifyRequest(request: ReceivedRequest, options: VerifyOptions): Authentic | Rejection {
  const claim = readClaim(request);
  if ("ok" in claim) return claim;
  const now = options.now ?? new Date();

  const known = options.lookup(claim.accessKeyId);
  if (!known || !equalInConstantTime(known.sessionToken ?? "", claim.sessionToken ?? "")) {
    return reject("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  if (known.expiration && known.expiration <= now) {
    return reject("ExpiredTokenException", "The security token included in the request is expired");
  }
  const problem =
    checkScope(claim, options) ?? checkDate(claim, now, options.maxSkew ?? 300) ?? checkCovered(claim, request);
  if (problem) return problem;

  const { accessKeyId, algorithm, scope, signature, signingDate, regionSet = "" } = claim;
  const parts = signedParts(claim, request, options);
  if (algorithm === asymmetricAlgorithm) {
    const failed = checkAsymmetric(claim, parts, known.secretAccessKey, options);
    return failed ? mismatch(failed) : { ok: true, accessKeyId, region: regionSet, signature, signingDate, scope };
  }
  const steps = signParts(parts, deriveSigningKey(known.secretAccessKey, scope), signingDate, scope, options);
  if (!equalInConstantTime(steps.signature, signature)) return mismatch(steps);
  return { ok: true, accessKeyId, region: scope.split("/")[1] ?? "", signature, signingDate, scope };
}

function checkScope(
  { algorithm, scope, signingDate, regionSet }: SignatureClaim,
  options: VerifyOptions,
): Rejection | undefined {
  const isAsymmetric = algorithm === asymmetricAlgorithm;
  const parts = scope.split("/");
  // In version 4A, the Regions are in a header.
  if (isAsymmetric) parts.splice(1, 0, "");
  const [date, region, service, terminator, ...more] = parts;
  if (isAsymmetric && !regionSet) return invalid("'X-Amz-Region-Set' must name the Regions of the signature.");
  if (terminator !== "aws4_request" || more.length > 0) {
    return invalid("Credential must be of the form <access key id>/YYYYMMDD/<region>/<service>/aws4_request.");
  }
  if (date !== signingDate.slice(0, 8)) {
    return invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ` +
        `'${date}' != '${signingDate.slice(0, 8)}', from '${signingDate}'.`,
    );
  }
  if (options.region !== undefined && !isAsymmetric && region !== options.region) {
    return invalid(`Credential should be scoped to a valid region, not '${region}'.`);
  }
  if (service !== options.service)
    return invalid(`Credential should be scoped to correct service: '${options.service}'.`);
  return undefined;
}

function checkDate({ signingDate, expiresIn }: SignatureClaim, now: Date, maxSkew: number): Rejection | undefined {
  const date = parseSigningDate(signingDate);
  if (!date)
    return reject("IncompleteSignatureException", `Date must be in ISO-8601 'basic format'. Got '${signingDate}'.`);
  const life = expiresIn ?? maxSkew;
  const earliest = new Date(now.getTime() - life * 1000);
  const latest = new Date(now.getTime() + maxSkew * 1000);
  const current = formatSigningDate(now);
  if (date < earliest) {
    const reckoning = `(${current} - ${life} s.)`;
    return invalid(`Signature expired: ${signingDate} is now earlier than ${formatSigningDate(earliest)} ${reckoning}`);
  }
  if (date > latest) {
    const reckoning = `(${current} + ${maxSkew} s.)`;
    return invalid(
      `Signature not yet current: ${signingDate} is still later than ${formatSigningDate(latest)} ${reckoning}`,
    );
  }
  return undefined;
}

/** The host, as AWS SDK v3 signs it in HTTP/2. */
const authority = ":authority";

/** A signature must cover the host and all `x-amz-` headers. */
function checkCovered({ signedHeaders }: SignatureClaim, request: ReceivedRequest): Rejection | undefined {
  if (!signedHeaders.includes("host") && !signedHeaders.includes(authority))
    return invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const loose = Object.keys(request.headers).filter(
    // Few services accept an unsigned session token; it was compared with the known one above.
    (name) => name.startsWith("x-amz-") && name !== "x-amz-security-token" && !signedHeaders.includes(name),
  );
  if (loose.length === 0) return undefined;
  return invalid(`There were headers present in the request which were not signed: ${loose.join(", ")}`);
}

function signedParts(claim: SignatureClaim, request: ReceivedRequest, options: VerifyOptions): SignedParts {
  const { method, path, query, headers } = request;
  const stated = claim.form === "query" ? unsignedPayload : headers["x-amz-content-sha256"];
  const isUnsigned = options.unsignedPayload === true && stated === unsignedPayload;
  return {
    method,
    path,
    query,
    headers: { ...headers, [authority]: headers["host"] },
    signedHeaders: claim.signedHeaders.toSorted(),
    // Hashes the received body, whatever hash the request declares, so that a changed body is detected.
    payloadHash: options.payloadHash ?? (isUnsigned ? unsignedPayload : hashPayload(request.body)),
  };
}

function mismatch({ canonicalRequest, stringToSign }: SignatureSteps): Rejection {
  const shown = canonicalRequest.replace(/(x-amz-security-token[:=])[^\n&]*/gi, "$1***");
  return invalid(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " +
      "and signing method. Consult the service documentation for details.\n\n" +
      `The Canonical String for this request should have been\n'${shown}'\n\n` +
      `The String-to-Sign should have been\n'${stringToSign}'\n`,
  );
}

function invalid(message: string): Rejection {
  return reject("InvalidSignatureException", message);
}
