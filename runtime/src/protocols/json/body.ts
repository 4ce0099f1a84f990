import { UnexpectedResponseError } from "../../errors.js";
import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";

/** The parsed body; undefined where it is empty. Throws a `SyntaxError` that the caller must not let out. */
export function parseJsonBody(response: HttpResponse): unknown {
  return response.body.byteLength === 0 ? undefined : JSON.parse(decodeUtf8(response.body));
}

/** What came instead of what the protocol promises, without the parser's words. */
export function unexpectedResponse(response: HttpResponse, problem: string, cause?: unknown): UnexpectedResponseError {
  const contentType = response.headers["content-type"];
  const excerpt = decodeUtf8(response.body.subarray(0, 800)).replaceAll(/\s+/g, " ").trim().slice(0, 200);
  return new UnexpectedResponseError(
    `The response (status ${response.status}, ${contentType ?? "no content type"}) ${problem}`,
    { status: response.status, contentType, excerpt, cause },
  );
}
