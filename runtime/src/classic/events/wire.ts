import type { HttpRequest as WireRequest } from "../../transport/types.js";
import type { HttpRequest } from "../http-request.js";
import { wireHeaders } from "./headers.js";

/** The request as it is signed and sent: what the listeners have made of it. */
export function wireRequest({ method, path, headers, body, endpoint }: HttpRequest): WireRequest {
  const { "content-length": _counted, host = endpoint.host, ...rest } = wireHeaders(headers);
  const { protocol, hostname, port } = endpoint;
  const isOwnPort = port === (protocol === "https:" ? 443 : 80);
  const [pathname = "/", query = ""] = path.split(/\?(.*)/s);
  return {
    method,
    origin: `${protocol}//${hostname}${isOwnPort ? "" : `:${port}`}`,
    path: pathname,
    query,
    headers: { host, ...rest },
    ...(byteLength(body) > 0 && { body }),
  };
}

/** @throws TypeError for what is neither text nor bytes */
export function byteLength(body: string | Uint8Array | undefined): number {
  if (body === undefined || body === null) return 0;
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.byteLength(body);
  throw new TypeError("The body of an HTTP request must be text or bytes");
}
