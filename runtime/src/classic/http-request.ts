import { version } from "../version.js";
import { Endpoint, type EndpointLike } from "./endpoint.js";
import type { HttpRequest as WireRequest } from "../schema/http.js";
import { wireHeaders } from "./events/headers.js";

/** The HTTP request that a request sends. Listeners may change everything in it until it is sent. */
export class HttpRequest {
  method = "POST";
  /** Path and query, percent-encoded. */
  path: string;
  /** By name, in any case; of two names that differ only in case the later one is sent. */
  headers: Record<string, string | number> = {};
  body: string | Uint8Array = "";
  endpoint: Endpoint;
  region: string | undefined;
  #userAgent = "";

  constructor(endpoint: string | EndpointLike, region: string | undefined) {
    this.endpoint = new Endpoint(endpoint);
    this.path = this.endpoint.path || "/";
    this.region = region;
    this.setUserAgent();
  }

  setUserAgent(): void {
    this.#userAgent = `clientsmith/${version} nodejs/${process.version.slice(1)}`;
    this.headers["User-Agent"] = this.#userAgent;
  }

  appendToUserAgent(part: string | null | undefined): void {
    if (part) this.#userAgent += ` ${part}`;
    this.headers["User-Agent"] = this.#userAgent;
  }

  getUserAgent(): string {
    return this.#userAgent;
  }

  /** The path without the query. */
  pathname(): string {
    return this.path.split("?", 1)[0] ?? "";
  }

  /** The query, its parameters sorted; empty where there is none. */
  search(): string {
    const query = this.path.split("?", 2)[1] ?? "";
    return query.split("&").toSorted().join("&");
  }

  /** Sends the request elsewhere. */
  updateEndpoint(endpoint: string | EndpointLike): void {
    this.endpoint = new Endpoint(endpoint);
    this.path = this.endpoint.path || "/";
    if ("Host" in this.headers) this.headers["Host"] = this.endpoint.host;
  }
}

/** The request as it is signed and sent, with the changes of listeners. */
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

/** @throws TypeError for a body that is neither text nor bytes */
export function byteLength(body: string | Uint8Array | undefined): number {
  if (body === undefined || body === null) return 0;
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.byteLength(body);
  throw new TypeError("The body of an HTTP request must be text or bytes");
}
