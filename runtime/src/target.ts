import type { ClientConfig } from "./config/client-config.js";
import { parseEndpointUrl } from "./endpoints/parse.js";
import type { Endpoint, EndpointParameters } from "./endpoints/types.js";
import { ConfigurationError, EndpointError } from "./errors/setup.js";
import type { ProtocolRequest } from "./protocols/protocol.js";
import type { Operation, Service } from "./schema/operation.js";
import type { HttpRequest } from "./transport/types.js";
import { version } from "./version.js";

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
export class Target {
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

/** Says how to give one. */
export function missingRegion(): ConfigurationError {
  return new ConfigurationError(
    "No AWS Region is set, and requests are signed for one. Give the client option region, set AWS_REGION, or set region in the profile of the shared config file.",
  );
}

/** True where the endpoint rules have to know the caller's account. */
export function asksForAccount(service: Service, { endpointParameters: options }: ClientConfig): boolean {
  const { endpointBuiltIns } = service;
  if (!Object.values(endpointBuiltIns).includes("AWS::Auth::AccountId")) return false;
  const mode = Object.entries(endpointBuiltIns).find(([, builtIn]) => builtIn === "AWS::Auth::AccountIdEndpointMode");
  return mode === undefined || options[mode[0]] !== "disabled";
}

/** True where another operation has to be asked for the endpoint first: never for an endpoint that was given. */
export function isDiscovered({ endpointDiscovery }: Operation, config: ClientConfig): boolean {
  if (!endpointDiscovery || config.endpoint !== undefined) return false;
  return endpointDiscovery.required === true || config.endpointParameters["endpointDiscoveryEnabled"] === true;
}

/** Parameters of the endpoint rules for one call: the configuration first, then the model's, then the input's. */
export function endpointParameters(
  service: Service,
  operation: Operation,
  input: object,
  config: ClientConfig,
  account?: string,
): EndpointParameters {
  const builtIns: Readonly<Record<string, string | boolean | undefined>> = {
    "AWS::Region": config.region,
    "AWS::UseFIPS": config.useFipsEndpoint,
    "AWS::UseDualStack": config.useDualstackEndpoint,
    "SDK::Endpoint": config.endpoint,
    "AWS::Auth::AccountId": account,
  };
  const parameters: Record<string, EndpointParameters[string]> = {};
  for (const [name, builtIn] of Object.entries(service.endpointBuiltIns)) parameters[name] = builtIns[builtIn];
  Object.assign(parameters, config.endpointParameters);
  for (const [name, value] of Object.entries(operation.operationContextParams?.(input) ?? {})) {
    if (value !== undefined) parameters[name] = value;
  }
  Object.assign(parameters, operation.staticContextParams);
  for (const [name, member] of Object.entries(operation.contextParams ?? {})) {
    const value = (input as Readonly<Record<string, unknown>>)[member];
    if (value !== undefined) parameters[name] = value as EndpointParameters[string];
  }
  return parameters;
}
