import type { HttpMessage, OutgoingResponse } from "./listener.js";

/** Response headers that web pages may read. */
const exposed = "x-request-id, x-amzn-requestid, x-amzn-errortype, x-amz-retry-after, date";

/**
 * Allows calls from pages of any origin, as AWS's endpoints do, and as tests of pages need.
 *
 * @returns true if the request was a CORS preflight, which is then complete
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function admitPages({ method, headers }: HttpMessage, http: OutgoingResponse): boolean {
  if (headers.origin === undefined) return false;
  http.setHeader("access-control-allow-origin", "*");
  http.setHeader("access-control-expose-headers", exposed);
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || wanted === undefined) return false;
  http.setHeader("access-control-allow-methods", wanted);
  http.setHeader("access-control-allow-headers", headers["access-control-request-headers"] ?? "");
  http.end();
  return true;
}
