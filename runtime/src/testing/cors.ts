import type { IncomingMessage, ServerResponse } from "node:http";

/** Headers of an answer that a page may read. */
const exposed = "x-amzn-requestid, x-amzn-errortype, x-amz-retry-after, date";

/**
 * Lets pages of any origin call, as AWS's own endpoints do.
 *
 * @returns true where the request was a browser's question before the real one, and is answered with that
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function admitPages({ method, headers }: IncomingMessage, http: ServerResponse): boolean {
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
