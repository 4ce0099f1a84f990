import { parseEndpointUrl } from "./url.js";
import type { Endpoint, ProtocolRequest, Service } from "../schema/service.js";
import { EndpointError } from "../errors/client.js";
import type { HttpRequest } from "../transport/types.js";
import { version } from "../version.js";
import { missingRegion } from "./resolve.js";

/** With what a request to an endpoint is signed. */
export interface SigningTarget {
  readonly region: string;
  /** Signing name. */
  readonly service: string;
  readonly doubleEncodePath?: boolean;
  /** Regions that the signature is good for: it is one of version 4A. */
  readonly regionSet?: readonly string[];
  /** The endpoint rules say so. */
  readonly isGiven?: true;
}

/** Where the requests of a call go. */
export class RequestTarget {
  /** Undefined where the service is not signed. */
  readonly signing: SigningTarget | undefined;
  readonly #scheme: string;
  readonly #host: string;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(endpoint: Endpoint, service: Service, region: string | undefined) {
    const { origin, host, path } = parseEndpointUrl(endpoint.url);
    this.#scheme = origin.slice(0, origin.length - host.length);
    this.#host = host;
    this.#path = path;
    this.#headers = {
      ...Object.fromEntries(
        Object.entries(endpoint.headers ?? {}).map(([name, values]) => [name.toLowerCase(), values.join(", ")]),
      ),
      ...service.headers,
      "user-agent": `clientsmith/${version} api/${service.sdkId.replaceAll(/[^\w.-]+/g, "_")}#${service.version}`,
    };
    this.signing = signingOf(endpoint, service, region);
  }

  /** The whole request, unsigned. */
  address(message: ProtocolRequest, hostPrefix = ""): HttpRequest {
    const host = hostPrefix + this.#host;
    return {
      method: message.method,
      origin: this.#scheme + host,
      path: this.#path + message.path || "/",
      query: message.query,
      headers: Object.assign({ host }, this.#headers, message.headers),
      body: message.body,
      stream: message.stream,
    };
  }
}

/**
 * The rules' `authSchemes` say how to sign for an endpoint, in the order of their preference; where they say nothing,
 * the service's traits do.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/auth-schemes.html
 */
function signingOf(endpoint: Endpoint, service: Service, region: string | undefined): SigningTarget | undefined {
  const schemes = (endpoint.properties?.["authSchemes"] ?? []) as Readonly<Record<string, unknown>>[];
  const scheme = schemes.find(({ name }) => name === "sigv4" || name === "sigv4a");
  if (schemes.length > 0 && !scheme) {
    if (service.takesToken && schemes.some(({ name }) => name === "bearer")) return undefined;
    throw unsupportedScheme(endpoint, schemes);
  }
  const name = (scheme?.["signingName"] as string | undefined) ?? service.signingName;
  if (name === undefined) return undefined;
  const regionSet =
    scheme?.["name"] === "sigv4a" ? (scheme["signingRegionSet"] as readonly string[] | undefined) : undefined;
  const signingRegion = regionSet?.join(",") ?? (scheme?.["signingRegion"] as string | undefined) ?? region;
  if (signingRegion === undefined) throw missingRegion();
  return {
    region: signingRegion,
    service: name,
    ...(scheme && { isGiven: true }),
    ...(scheme?.["name"] === "sigv4a" && { regionSet: regionSet ?? [signingRegion] }),
    ...(scheme?.["disableDoubleEncoding"] === true && { doubleEncodePath: false }),
  };
}

function unsupportedScheme({ url }: Endpoint, schemes: readonly Readonly<Record<string, unknown>>[]): EndpointError {
  const names = schemes.map((scheme) => String(scheme["name"]));
  const hint = names.includes("sigv4-s3express")
    ? "Give the client the option disableS3ExpressSessionAuth: true, which signs such requests with sigv4"
    : "Address the resource by an endpoint, bucket or ARN of one Region";
  return new EndpointError(
    `Requests to ${url} have to be signed with ${names.join(" or ")}, and supported are sigv4 and sigv4a. ${hint}.`,
  );
}
