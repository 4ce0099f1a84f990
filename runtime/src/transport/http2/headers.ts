import { setOwn } from "../../schema/values.js";
import type { HttpRequest } from "../../schema/http.js";
import { Http2Failure } from "./codes.js";

/** Node checks neither values nor the path; the peer would reset the stream. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;
const path = /^[\x21-\x7e\x80-\xff]+$/;

/** Methods whose requests have a length although they have no body. */
const withBody = new Set(["PATCH", "POST", "PUT"]);

/**
 * The headers of a request in HTTP/2: the host is that of `:authority`, and frames replace `transfer-encoding`.
 *
 * @throws Http2Failure for a header or a path that is not valid HTTP; without the value, which may be a secret
 */
export function requestHeaders({ method, origin, path: pathname, query, headers, body, stream }: HttpRequest): Headers {
  const { host, ...others } = headers;
  const url = query === "" ? pathname : `${pathname}?${query}`;
  if (!path.test(url)) throw new Http2Failure("CLIENTSMITH_INVALID_REQUEST", "the path is not valid");
  for (const [name, text] of Object.entries(headers)) {
    if (!token.test(name) || !value.test(text)) {
      throw new Http2Failure("CLIENTSMITH_INVALID_REQUEST", `the header ${JSON.stringify(name)} is not valid`);
    }
  }
  const { protocol, host: authority } = new URL(origin);
  const length = body === undefined ? (withBody.has(method) ? 0 : undefined) : Buffer.byteLength(body);
  return {
    ":method": method,
    ":scheme": protocol.slice(0, -1),
    ":authority": host ?? authority,
    ":path": url,
    ...(!stream && length !== undefined && { "content-length": String(length) }),
    ...others,
  };
}

type Headers = Readonly<Record<string, string>>;

/** The headers of a response from pairs of names and values, of which Node would drop some that are repeated. */
export function responseHeaders(pairs: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [name = "", text = ""] = pairs.slice(index, index + 2);
    if (name.startsWith(":")) continue;
    setOwn(headers, name, Object.hasOwn(headers, name) ? `${headers[name]}, ${text}` : text);
  }
  return headers;
}
