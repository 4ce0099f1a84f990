import type { HttpRequest } from "../../schema/http.js";

/** The request with `***` in place of what follows the prefix in a header, if the header starts with it. */
export function maskHeader(request: HttpRequest, name: string, prefix: string): HttpRequest {
  if (!request.headers[name]?.startsWith(prefix)) return request;
  return { ...request, headers: { ...request.headers, [name]: `${prefix}***` } };
}
