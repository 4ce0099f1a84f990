import { parseEndpointUrl } from "./url.js";
import type { Endpoint, ProtocolRequest, Service } from "../schema/service.js";
import type { HttpRequest } from "../schema/http.js";
import { version } from "../version.js";

/** An entry of the endpoint's `authSchemes`: the name of a scheme and the scope to sign for. */
export interface EndpointAuthScheme {
  readonly name: string;
  readonly [property: string]: unknown;
}

/** Where the requests of a call are sent. */
export class RequestTarget {
  /** The endpoint as the rules return it. */
  readonly url: string;
  /**
   * The auth schemes of the endpoint, in order of preference; empty if the rules have none, and the service's apply.
   */
  readonly authSchemes: readonly EndpointAuthScheme[];
  /** The client's Region. */
  readonly region: string | undefined;
  readonly #origin: string;
  readonly #host: string;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(endpoint: Endpoint, service: Service, region: string | undefined) {
    const { origin, host, path } = parseEndpointUrl(endpoint.url);
    this.#origin = origin;
    this.#host = host;
    this.#path = path;
    this.#headers = {
      ...Object.fromEntries(
        Object.entries(endpoint.headers ?? {}).map(([name, values]) => [name.toLowerCase(), values.join(", ")]),
      ),
      ...service.headers,
      "user-agent": `clientsmith/${version} api/${service.sdkId.replaceAll(/[^\w.-]+/g, "_")}#${service.version}`,
    };
    this.url = endpoint.url;
    this.authSchemes = (endpoint.properties?.["authSchemes"] ?? []) as readonly EndpointAuthScheme[];
    this.region = region;
  }

  /** The complete request, unsigned. */
  address(message: ProtocolRequest): HttpRequest {
    return {
      method: message.method,
      origin: this.#origin,
      path: this.#path + message.path || "/",
      query: message.query,
      headers: Object.assign({ host: this.#host }, this.#headers, message.headers),
      body: message.body,
      stream: message.stream,
    };
  }
}
