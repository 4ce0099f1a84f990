import type { EndpointParameters, Operation, Service } from "../schema/service.js";
import { ConfigurationError } from "../errors/client.js";

/** What the endpoint rules need of a client's configuration. */
export interface EndpointSettings {
  readonly region: string | undefined;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** URL to use instead of the service's own endpoint. */
  readonly endpoint: string | undefined;
  /** Values of the service's own options, by parameter. */
  readonly endpointParameters: EndpointParameters;
}

/** @param fileProblems a sentence with problems of the shared files that may be the reason */
export function missingRegion(fileProblems = ""): ConfigurationError {
  return new ConfigurationError(
    `No AWS Region is set, and requests are signed for one. Set the client option region, the environment variable AWS_REGION, or region in the profile of the shared config file.${fileProblems}`,
  );
}

/** Whether the endpoint rules need the caller's account. */
export function asksForAccount(service: Service, { endpointParameters: options }: EndpointSettings): boolean {
  const { endpointBuiltIns } = service;
  if (!Object.values(endpointBuiltIns).includes("AWS::Auth::AccountId")) return false;
  const mode = Object.entries(endpointBuiltIns).find(([, builtIn]) => builtIn === "AWS::Auth::AccountIdEndpointMode");
  return mode === undefined || options[mode[0]] !== "disabled";
}

/** Parameters of the endpoint rules for one call: from the configuration, then the model, then the input. */
export function endpointParameters(
  service: Service,
  operation: Operation,
  input: object,
  config: EndpointSettings,
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
