import { UnexpectedResponseError } from "../errors/answer.js";
import type { ResponseMetadata } from "../errors/base.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { HttpResponse } from "../transport/types.js";

/** What came instead of what the protocol promises, without the parser's words. */
export function unexpectedResponse(
  response: HttpResponse,
  problem: string,
  fields: { readonly cause?: unknown; readonly metadata?: ResponseMetadata } = {},
): UnexpectedResponseError {
  const contentType = response.headers["content-type"];
  const excerpt = excerptOf(response.body, contentType);
  const start = excerpt === undefined ? "" : `. It begins: ${excerpt || "(empty)"}`;
  return new UnexpectedResponseError(
    `The response (status ${response.status}, ${contentType ?? "no content type"}) ${problem}${start}`,
    { ...fields, status: response.status, contentType, excerpt },
  );
}

/**
 * The start of a page or text that something between here and the service wrote. A body of the protocol's own kind
 * is not shown: cut or misread as it may be, it can hold what the model calls sensitive.
 */
function excerptOf(body: Uint8Array, contentType: string | undefined): string | undefined {
  if (contentType !== undefined && !/html/i.test(contentType) && /json|xml|cbor|octet-stream/i.test(contentType)) {
    return undefined;
  }
  return decodeUtf8(body.subarray(0, 800)).replaceAll(/\s+/g, " ").trim().slice(0, 200);
}
