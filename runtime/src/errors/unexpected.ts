import { UnexpectedResponseError } from "./client.js";
import type { ResponseMetadata } from "./base.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { HttpResponse } from "../schema/http.js";

/**
 * Error for a response that violates the protocol. `problem` describes it; the parser's message text is only in
 * `cause`.
 */
export function unexpectedResponse(
  response: HttpResponse,
  problem: string,
  fields: { readonly cause?: unknown; readonly metadata?: ResponseMetadata } = {},
): UnexpectedResponseError {
  const { "content-type": contentType, "content-encoding": encoding } = response.headers;
  const isCoded = encoding !== undefined && encoding !== "identity";
  const excerpt = isCoded ? undefined : excerptOf(response.body, contentType);
  const start = excerpt === undefined ? "" : `. It begins: ${excerpt || "(empty)"}`;
  const coding = isCoded ? `, content-encoding ${encoding.slice(0, 40)}` : "";
  const elsewhere = redirection(response);
  const what = elsewhere === undefined ? `${problem}${start}` : elsewhere;
  return new UnexpectedResponseError(
    `The response (status ${response.status}, ${contentType ?? "no content type"}${coding}) ${what}`,
    { ...fields, status: response.status, contentType, excerpt },
  );
}

/** Describes a redirect. Only the origin is named, because path and query may contain secrets. */
function redirection({ status, headers }: HttpResponse): string | undefined {
  const { location } = headers;
  if (status < 300 || status > 399 || location === undefined) return undefined;
  const where = URL.canParse(location) ? new URL(location).origin : "another path";
  return `redirects to ${where}, which is not followed. Is the endpoint right?`;
}

/**
 * The start of a page or text written by an intermediary. A body of the protocol's own media type is not quoted: even
 * truncated, it may contain sensitive members.
 */
function excerptOf(body: Uint8Array, contentType: string | undefined): string | undefined {
  if (contentType !== undefined && !/html/i.test(contentType) && /json|xml|cbor|octet-stream/i.test(contentType)) {
    return undefined;
  }
  return decodeUtf8(body.subarray(0, 800)).replaceAll(/\s+/g, " ").trim().slice(0, 200);
}
