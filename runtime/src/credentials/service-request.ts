import { type ClientConfig, readClientConfig } from "../config/client-config.js";
import { partitionOf } from "../endpoints/rule-functions.js";
import { normalizeEndpoint, parseEndpointUrl } from "../endpoints/url.js";
import { isClientsmithError } from "../errors/base.js";
import type { HttpRequest, HttpResponse } from "../schema/http.js";
import { sleep } from "../signals/sleep.js";
import type { CredentialContext, Unavailable } from "./types.js";

/** Max number of requests, and milliseconds before the first retry. */
const maxAttempts = 3;
const firstPause = 200;

const limits = { connectTimeout: 5_000, headersTimeout: 10_000, bodyTimeout: 10_000 };

/** Where a service that returns credentials or tokens is. */
export interface ServiceEndpoint {
  /** Name for messages: `STS`. */
  readonly name: string;
  /** Without a trailing slash. */
  readonly url: string;
  readonly region: string;
}

/** A service that returns credentials or tokens. */
export interface CredentialService {
  readonly name: string;
  /** `aws.api#service` `sdkId`, which settings of endpoints contain. */
  readonly sdkId: string;
  /** Host in a region: `sts.us-east-1.amazonaws.com`. */
  host(region: string, config: Pick<ClientConfig, "useFipsEndpoint" | "useDualstackEndpoint">): string;
}

/**
 * A host as most services have it. The regular endpoints of GovCloud are FIPS endpoints.
 *
 * @param prefix `sts`
 */
export function regionalHost(
  prefix: string,
  region: string,
  { useFipsEndpoint, useDualstackEndpoint }: Pick<ClientConfig, "useFipsEndpoint" | "useDualstackEndpoint">,
): string {
  const { name, dnsSuffix, dualStackDnsSuffix } = partitionOf(region);
  const isMarked = useFipsEndpoint && (useDualstackEndpoint || name !== "aws-us-gov");
  return `${prefix}${isMarked ? "-fips" : ""}.${region}.${useDualstackEndpoint ? dualStackDnsSuffix : dnsSuffix}`;
}

/**
 * The endpoint of a service: a configured one (`AWS_ENDPOINT_URL_STS`, `endpoint_url` of a `services` section), else that
 * of the region.
 *
 * @param wanted region; default: that of the client, the environment or the profile, else us-east-1
 * @throws ConfigurationError for an invalid region or endpoint
 */
export async function endpointOf(
  { name, sdkId, host }: CredentialService,
  { environment, region: ofClient }: CredentialContext,
  wanted?: string,
): Promise<ServiceEndpoint> {
  const given = wanted ?? ofClient;
  const config = await readClientConfig(given === undefined ? {} : { region: given }, { sdkId }, environment);
  const region = config.region ?? "us-east-1";
  return { name, url: normalizeEndpoint(config.endpoint ?? `https://${host(region, config)}`), region };
}

/** A request to a path of a service. */
export function requestTo(
  { url }: ServiceEndpoint,
  path: string,
  rest: Pick<HttpRequest, "method" | "headers"> & Partial<Pick<HttpRequest, "query" | "body">>,
): HttpRequest {
  const { origin, host, path: base } = parseEndpointUrl(url);
  return {
    origin,
    path: base !== "" && path === "/" ? base : base + path,
    query: "",
    ...rest,
    headers: { host, ...rest.headers },
  };
}

/**
 * Sends a request, again if the service does not respond, throttles or fails. Uses the client's transport with its proxy,
 * size limits and TLS settings.
 *
 * @param make makes the request of each attempt
 * @param isTransient whether an error response is worth another attempt, besides throttling and status 5xx
 */
export async function send(
  { name, url }: ServiceEndpoint,
  make: () => HttpRequest,
  { transport }: CredentialContext,
  isTransient: (response: HttpResponse) => boolean = () => false,
): Promise<HttpResponse | Unavailable> {
  for (let attempt = 1; ; attempt++) {
    const response = await transport.send(make(), limits).catch((error: unknown): Unavailable => {
      if (!isClientsmithError(error)) throw error;
      return { reason: `${name} at ${url} did not respond: ${error.message}`, isBroken: true, cause: error };
    });
    const isWorthRepeating =
      "reason" in response || response.status >= 500 || response.status === 429 || isTransient(response);
    if (attempt === maxAttempts || !isWorthRepeating) return response;
    await sleep(firstPause * attempt);
  }
}
