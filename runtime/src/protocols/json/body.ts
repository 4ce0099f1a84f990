import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";

/** The parsed body; undefined where it is empty. Throws a `SyntaxError` that the caller must not let out. */
export function parseJsonBody(response: HttpResponse): unknown {
  return response.body.byteLength === 0 ? undefined : JSON.parse(decodeUtf8(response.body));
}
