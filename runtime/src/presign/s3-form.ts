import type { HttpRequest } from "../schema/http.js";
import { escapeUri } from "../signing/escape.js";

/** Query parameters that Amazon S3 names in another way than the header. */
const renamed: Readonly<Record<string, string>> = { "x-amz-s3session-token": "X-Amz-S3session-Token" };

/**
 * A request to presign as Amazon S3 reads it: `x-amz-` headers become query parameters, so that the sender does not need
 * them, and the body is not signed. The service requires headers of server-side encryption as headers.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function inS3Form(request: HttpRequest): HttpRequest {
  const headers: Record<string, string> = {};
  const parameters = request.query === "" ? [] : [request.query];
  for (const [name, value] of Object.entries(request.headers)) {
    if (!name.startsWith("x-amz-") || name.startsWith("x-amz-server-side-encryption")) headers[name] = value;
    else parameters.push(`${escapeUri(renamed[name] ?? name)}=${escapeUri(value)}`);
  }
  parameters.push("X-Amz-Content-Sha256=UNSIGNED-PAYLOAD");
  return { ...request, headers, query: parameters.join("&") };
}
