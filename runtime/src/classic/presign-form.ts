import { presignInSteps, presignRequest } from "../signing/presign.js";
import { hashPayload } from "../signing/canonical.js";
import { escapeUri } from "../signing/escape.js";
import type { HttpRequest } from "../schema/http.js";
import type { SignatureForm } from "../signing/types.js";
import { awsError } from "./aws-error.js";

/** Headers that AWS SDK v2 repeats in the query, beside those that start with `x-amz-`, by the name that they have there. */
const repeated: Readonly<Record<string, string>> = {
  "content-type": "Content-Type",
  "content-md5": "Content-MD5",
  "cache-control": "Cache-Control",
  "x-amz-content-sha256": "X-Amz-Content-Sha256",
};

/** Headers that are not signed; the sender of the request sets them. */
const unsigned: ReadonlySet<string> = new Set([
  "amz-sdk-request",
  "content-length",
  "content-type",
  "expect",
  "user-agent",
]);

const maxLifetime = 604_800;

/**
 * The form of the URLs of AWS SDK v2: headers of S3 are in the query and are signed as headers too, so that they have to be
 * sent. A body is signed if there is one.
 *
 * @param expiresIn seconds
 */
export function urlForm(expiresIn: number): SignatureForm {
  return (request, options) => {
    checkExpiry(expiresIn);
    const hasBody = request.body !== undefined && request.body.length > 0;
    const prepared = prepare(request, hasBody);
    const presigning = { ...options, expiresIn, unsignedPayload: !hasBody };
    if (!options.algorithm) return sorted(presignRequest(prepared, presigning));
    return presignInSteps(prepared, presigning).then(({ request: signed }) => sorted(signed));
  };
}

/** @throws AWSError */
function checkExpiry(seconds: number): void {
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= maxLifetime) return;
  const message =
    seconds > maxLifetime
      ? "Presigning does not support expiry time greater than a week with SigV4 signing."
      : `Expires must be a whole number of seconds from 1 to ${maxLifetime}`;
  throw awsError(new Error(message), { code: "InvalidExpiryTime", retryable: false });
}

function prepare(request: HttpRequest, hasBody: boolean): HttpRequest {
  const given = hasBody ? { ...request.headers, "x-amz-content-sha256": hashPayload(request.body) } : request.headers;
  const headers: Record<string, string> = {};
  // The model names the operation in the query, and that of AWS SDK v2 does not.
  const parameters = request.query.split("&").filter((each) => each !== "" && !each.startsWith("x-id="));
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(repeated, name) ? repeated[name] : name.startsWith("x-amz-") ? name : undefined;
    if (parameter !== undefined) parameters.push(`${escapeUri(parameter)}=${escapeUri(value)}`);
    if (!unsigned.has(name)) headers[name] = value;
  }
  return { ...request, headers, query: parameters.join("&") };
}

/** The query in the order of the signature. */
function sorted(request: HttpRequest): HttpRequest {
  const parameters = request.query.split("&").map((each) => [each.split("=", 1)[0] ?? "", each] as const);
  const query = parameters
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, parameter]) => (parameter === name ? `${name}=` : parameter))
    .join("&");
  return { ...request, query };
}
