import { featureData } from "../../features/feature.js";
import type { EndpointDiscoveryData } from "../../features/endpoint-discovery.js";
import type { EndpointParameters, ServiceModel } from "../../schema/service.js";
import type { ServiceConfig } from "./config.js";
import { usesGlobalEndpoint } from "./regional-endpoints.js";

type Read = (config: ServiceConfig, builtIn: string) => boolean | undefined;

/** Values for the endpoint rules from options of single services, by the parameter's `builtIn`. */
const builtIns: Readonly<Record<string, Read>> = {
  "AWS::S3::ForcePathStyle": ({ s3ForcePathStyle }) => s3ForcePathStyle,
  "AWS::S3::Accelerate": ({ useAccelerateEndpoint }) => useAccelerateEndpoint,
  "AWS::S3::UseArnRegion": ({ s3UseArnRegion }) => s3UseArnRegion,
  "AWS::S3Control::UseArnRegion": ({ s3UseArnRegion }) => s3UseArnRegion,
  "AWS::S3::UseGlobalEndpoint": (config, builtIn) => usesGlobalEndpoint(builtIn, config),
  "AWS::STS::UseGlobalEndpoint": (config, builtIn) => usesGlobalEndpoint(builtIn, config),
};

/** Parameters of the endpoint rules that only the configuration of this service fills, by name. */
export function endpointParametersOf({ service, operations }: ServiceModel, config: ServiceConfig): EndpointParameters {
  const parameters = Object.entries(service.endpointBuiltIns).flatMap(([parameter, builtIn]) => {
    const value = builtIns[builtIn]?.(config, builtIn);
    return value === undefined ? [] : [[parameter, value] as const];
  });
  const endpointDiscoveryEnabled = isDiscoveryEnabled(config) ?? Object.values(operations).some(requiresDiscovery);
  return { ...Object.fromEntries(parameters), endpointDiscoveryEnabled };
}

/** Whether the configuration or the environment enables endpoint discovery; undefined if neither does, so that the service decides. */
export function isDiscoveryEnabled({ endpointDiscoveryEnabled }: ServiceConfig): boolean | undefined {
  if (endpointDiscoveryEnabled !== undefined) return endpointDiscoveryEnabled;
  const set = process.env["AWS_ENABLE_ENDPOINT_DISCOVERY"] ?? process.env["AWS_ENDPOINT_DISCOVERY_ENABLED"];
  return set ? !/^(false|0)$/i.test(set) : undefined;
}

function requiresDiscovery(operation: Parameters<typeof featureData>[0]): boolean {
  return featureData<EndpointDiscoveryData>(operation, "endpoint-discovery")?.required === true;
}
