import { version } from "../version.js";
import { Endpoint, type EndpointLike } from "./endpoint.js";

/** The HTTP request that a request sends. Listeners may change everything in it until it is sent. */
export class HttpRequest {
  method = "POST";
  /** Path and query, percent-encoded. */
  path: string;
  /** By name, in whatever case; of two names that differ in case only the later one is sent. */
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
