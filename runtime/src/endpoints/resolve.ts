import type { EndpointParameters, Operation, Service } from "../schema/service.js";

/** What the endpoint rules need of a client's configuration. */
export interface EndpointSettings {
  readonly region?: string | undefined;
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
  /** URL to use instead of the service's own endpoint. */
  readonly endpoint: string | undefined;
  /** Values of the service's own options, by parameter. */
  readonly endpointParameters: EndpointParameters;
}

/**
 * Parameters of the endpoint rules for one call: from the configuration, then the model, then the input.
 *
 * @param builtIns values that the configuration sets, by `builtIn`
 */
export function endpointParameters(
  service: Service,
  operation: Operation,
  input: object,
  config: EndpointSettings,
  builtIns: Readonly<Record<string, string | boolean | undefined>>,
): EndpointParameters {
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
