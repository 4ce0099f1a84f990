import { nextTick } from "../../time/real-ticks.js";
import {
  discoveredEndpoint,
  discoveryInput,
  type EndpointDiscoveryData,
  idsOf,
  isDiscovered,
} from "../../features/endpoint-discovery.js";
import { featureData } from "../../features/feature.js";
import { type DiscoveredEndpoint, DiscoveredEndpoints } from "../../features/support/endpoint-cache.js";
import { within } from "../../signals/within.js";
import { awsError } from "../aws-error.js";
import { isDiscoveryEnabled } from "../config/endpoint-parameters.js";
import { Endpoint } from "../endpoint.js";
import type { HttpRequest } from "../http-request.js";
import type { AWSError } from "../types.js";
import { setHeader } from "./headers.js";
import type { ClassicCall } from "./classic-call.js";
import { settle } from "./settle.js";

/** Endpoints that services returned, for all service objects: its size is what the first of them was configured with. */
let endpoints: DiscoveredEndpoints | undefined;

interface Found {
  readonly key: string;
  readonly address: string;
}

/** Sends a request to the endpoint that another operation returns, if the model and the configuration require that. */
export function addDiscovery(context: ClassicCall): void {
  const { request, operation } = context;
  const { service, response } = request;
  const discovery = featureData<EndpointDiscoveryData>(operation, "endpoint-discovery");
  if (!discovery) return;
  let found: Found | undefined;
  let hasMoved = false;

  request.onAsync("sign", (_request, done) => {
    const conflict = conflictOf(context, discovery);
    if (conflict) return done(conflict);
    if (!isDiscovered(discovery, service.context.config())) return done();
    settle(
      () => discover(context, discovery),
      (address) => {
        found = address;
        if (address) moveTo(request.httpRequest, address.address);
      },
      done,
    );
  });

  request.onAsync("retry", (_response, done) => {
    const { error, httpResponse } = response;
    const isRejected =
      httpResponse.statusCode === 421 || error?.code === (discovery.error ?? "InvalidEndpointException");
    if (!error || !found || !isRejected) return done();
    // An endpoint that the service no longer accepts is replaced once.
    error.retryable = !hasMoved;
    hasMoved = true;
    void endpoints?.evict(found.key, found.address).then(() => nextTick(done));
  });
}

/** Undefined where discovery failed and is not required: the service's regular endpoint serves then. */
async function discover(context: ClassicCall, discovery: EndpointDiscoveryData): Promise<Found | undefined> {
  const { request, operation, input } = context;
  const { config, context: client, definition } = request.service;
  const { signal } = request;
  const { accessKeyId } = await client.credentials.get({ signal });
  endpoints ??= new DiscoveredEndpoints(() => Date.now(), config.endpointCacheSize);
  const ids = idsOf(discovery, input);
  const key = JSON.stringify([definition.serviceIdentifier, config.region, accessKeyId, operation.name, ids]);
  const load = async (): Promise<DiscoveredEndpoint> => {
    const output = await client.invoke(discovery.operation, discoveryInput(discovery, operation.name, ids));
    try {
      return discoveredEndpoint(output, { from: discovery.operation.name, for: operation.name }, Date.now());
    } catch (error) {
      throw awsError(error as Error, { code: "EndpointDiscoveryError" });
    }
  };
  try {
    return { key, address: await within(endpoints.get(key, load), signal) };
  } catch (error) {
    if (discovery.required) throw awsError(error as Error, { retryable: false });
    return undefined;
  }
}

/** The error of a configuration that contradicts itself. */
function conflictOf({ request }: ClassicCall, { required }: EndpointDiscoveryData): AWSError | undefined {
  const { config, isEndpointGiven, definition } = request.service;
  const { name } = definition.model.service;
  const isContradicted = isEndpointGiven
    ? config.endpoint && config.endpointDiscoveryEnabled
    : required && isDiscoveryEnabled(config) === false;
  if (!isContradicted) return undefined;
  const message = isEndpointGiven
    ? "Custom endpoint is supplied; endpointDiscoveryEnabled must not be true."
    : `Endpoint Discovery is disabled but ${name}.${request.operation}() requires it. Please check your configurations.`;
  return awsError(new Error(message), { code: "ConfigurationException" });
}

/** By the same scheme, unless the address has one. */
function moveTo(httpRequest: HttpRequest, address: string): void {
  const { protocol } = httpRequest.endpoint;
  httpRequest.endpoint = new Endpoint(address, { sslEnabled: protocol === "https:" });
  setHeader(httpRequest.headers, "host", httpRequest.endpoint.host);
}
