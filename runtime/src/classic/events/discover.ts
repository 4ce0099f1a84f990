import {
  discoveredEndpoint,
  discoveryInput,
  type EndpointDiscoveryData,
  idsOf,
} from "../../features/endpoint-discovery.js";
import { featureData } from "../../features/feature.js";
import { type DiscoveredEndpoint, DiscoveredEndpoints } from "../../features/support/endpoint-cache.js";
import type { Operation } from "../../schema/service.js";
import { within } from "../../signals/within.js";
import { awsError } from "../aws-error.js";
import { Endpoint } from "../endpoint.js";
import type { Service } from "../service.js";
import type { AWSError } from "../types.js";
import type { RequestContext } from "./exchange.js";
import { setHeader } from "./headers.js";
import { findCredentials } from "./identity.js";

/** Endpoints that services told, for all service objects: its size is what the first of them was configured with. */
let endpoints: DiscoveredEndpoints | undefined;

/** Turns a request to the endpoint that another operation tells, where the model and the configuration want that. */
export function addDiscovery(exchange: RequestContext): void {
  const { request, operation } = exchange;
  const { service, response } = request;
  const discovery = operation && discoveryOf(operation);
  if (!operation || !discovery) return;
  let found: { readonly key: string; readonly address: string } | undefined;
  let hasMoved = false;

  request.onAsync("sign", (_request, done) => {
    const refusal = conflictOf(service, request.operation, discovery);
    if (refusal) response.error = refusal;
    if (refusal || !isWanted(service, discovery)) return done();
    findCredentials(exchange, (error, credentials) => {
      if (error) {
        response.error = error;
        return done();
      }
      endpoints ??= new DiscoveredEndpoints(() => Date.now(), service.config.endpointCacheSize);
      const ids = idsOf(discovery, exchange.input);
      const { serviceIdentifier } = service.definition;
      const key = JSON.stringify([
        serviceIdentifier,
        service.config.region,
        credentials?.accessKeyId,
        operation.name,
        ids,
      ]);
      within(
        endpoints.get(key, () => ask(service, discovery, operation.name, ids)),
        request.signal,
      ).then(
        (address) => {
          found = { key, address };
          turn(exchange, address);
          process.nextTick(done);
        },
        (cause: unknown) => {
          // Where it is not required, the service's regular endpoint serves too.
          if (discovery.required) response.error = awsError(cause as Error, { retryable: false });
          process.nextTick(done);
        },
      );
    });
  });

  request.onAsync("retry", (_response, done) => {
    const { error, httpResponse } = response;
    const isRefused =
      httpResponse.statusCode === 421 || error?.code === (discovery.error ?? "InvalidEndpointException");
    if (!error || !found || !isRefused) return done();
    // One that the service no longer knows is asked for anew, once.
    error.retryable = !hasMoved;
    hasMoved = true;
    void endpoints?.evict(found.key, found.address).then(() => process.nextTick(done));
  });
}

function isWanted(service: Service, discovery: EndpointDiscoveryData): boolean {
  if (service.isEndpointGiven) return false;
  if (discovery.required) return true;
  const { operations } = service.definition.model;
  return isEnabled(service) ?? Object.values(operations).some((each) => discoveryOf(each)?.required);
}

function isEnabled({ config }: Service): boolean | undefined {
  if (config.endpointDiscoveryEnabled !== undefined) return config.endpointDiscoveryEnabled;
  const set = process.env["AWS_ENABLE_ENDPOINT_DISCOVERY"] ?? process.env["AWS_ENDPOINT_DISCOVERY_ENABLED"];
  return set ? !/^(false|0)$/i.test(set) : undefined;
}

/** What the configuration asks for and cannot have. */
function conflictOf(service: Service, operation: string, { required }: EndpointDiscoveryData): AWSError | undefined {
  const { config, isEndpointGiven, definition } = service;
  const { name } = definition.model.service;
  const message = isEndpointGiven
    ? config.endpoint && config.endpointDiscoveryEnabled
      ? "Custom endpoint is supplied; endpointDiscoveryEnabled must not be true."
      : undefined
    : required && isEnabled(service) === false
      ? `Endpoint Discovery is disabled but ${name}.${operation}() requires it. Please check your configurations.`
      : undefined;
  return message === undefined ? undefined : awsError(new Error(message), { code: "ConfigurationException" });
}

function discoveryOf(operation: Operation): EndpointDiscoveryData | undefined {
  return featureData<EndpointDiscoveryData>(operation, "endpoint-discovery");
}

async function ask(
  service: Service,
  discovery: EndpointDiscoveryData,
  operation: string,
  ids: Readonly<Record<string, unknown>>,
): Promise<DiscoveredEndpoint> {
  const { name: asked } = discovery.operation;
  const method = Object.entries(service.definition.model.operations).find(([, each]) => each.name === asked)?.[0];
  const data = await service.makeRequest(method ?? asked, discoveryInput(discovery, operation, ids)).promise();
  try {
    return discoveredEndpoint(data as object, { asked, for: operation }, Date.now());
  } catch (error) {
    throw awsError(error as Error, { code: "EndpointDiscoveryError" });
  }
}

/** By the same scheme, unless the address has one. */
function turn({ request: { httpRequest } }: RequestContext, address: string): void {
  const { protocol } = httpRequest.endpoint;
  httpRequest.endpoint = new Endpoint(address, { sslEnabled: protocol === "https:" });
  setHeader(httpRequest.headers, "host", httpRequest.endpoint.host);
}
