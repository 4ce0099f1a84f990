import type { ClientConfig } from "../config/client-config.js";
import type { Operation } from "../schema/service.js";
import { RequestTarget } from "../endpoints/target.js";
import { endpointParameters } from "../endpoints/resolve.js";
import { Endpoint } from "./endpoint.js";
import { isBucketEndpoint } from "./config/bucket-endpoint.js";
import { endpointParametersOf } from "./config/endpoint-parameters.js";
import type { Service } from "./service.js";

/** An operation that says nothing about its endpoint. */
const plainOperation: Operation = {
  name: "",
  input: { type: "structure", name: "", members: {} },
  output: { type: "structure", name: "", members: {} },
};

/** The endpoint of a service that was given none, by its endpoint rules. */
export function ownEndpoint(service: Service): Endpoint {
  const { config, definition } = service;
  const { model } = definition;
  try {
    const parameters = endpointParameters(model.service, plainOperation, {}, clientConfig(service));
    return withScheme(service, new Endpoint(model.service.resolveEndpoint(parameters).url));
  } catch {
    // Without a region, say; the request says what is missing, and then goes nowhere.
    const region = String(config.region).replaceAll(/[^\w-]/g, "-");
    const host = `${model.service.signingName ?? definition.serviceIdentifier}.${region}.amazonaws.com`;
    return new Endpoint(host, config);
  }
}

/** Where a request goes, and how it is signed for there. */
export function targetOf(service: Service, operation: Operation, input: object, endpoint: Endpoint): RequestTarget {
  const { definition, config } = service;
  const { service: described } = definition.model;
  const isGiven = service.isEndpointGiven || endpoint.href !== service.endpoint.href;
  const settings = clientConfig(service, isGiven ? endpoint.href.replace(/\/$/, "") : undefined);
  const parameters = { ...endpointParameters(described, operation, input, settings) };
  if (isBucketEndpoint(definition, config)) delete parameters["Bucket"];
  const resolved = described.resolveEndpoint(parameters);
  const url = isGiven ? resolved.url : withScheme(service, new Endpoint(resolved.url)).href;
  return new RequestTarget({ ...resolved, url }, described, config.region);
}

/** What the endpoint rules go by. */
function clientConfig({ config, definition }: Service, endpoint?: string): ClientConfig {
  return {
    region: config.region,
    useFipsEndpoint: config.useFipsEndpoint,
    useDualstackEndpoint: config.useDualstackEndpoint,
    endpoint,
    maxAttempts: 1,
    retryMode: "standard",
    endpointParameters: endpointParametersOf(definition.model.service, config),
  };
}

/** Without TLS, where the configuration says so. */
function withScheme({ config }: Service, endpoint: Endpoint): Endpoint {
  return !config.sslEnabled ? new Endpoint(endpoint.href.replace(/^https:/, "http:")) : endpoint;
}
