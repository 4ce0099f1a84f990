import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";

/** The parsed body; undefined where it is empty. Throws a `SyntaxError` for what is not JSON. */
export function parseJsonBody(response: HttpResponse): unknown {
  return response.body.byteLength === 0 ? undefined : JSON.parse(decodeUtf8(response.body));
}
