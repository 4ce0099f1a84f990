import type { EndpointParameters, Service as ServiceFacts } from "../../schema/service.js";
import type { ServiceConfig } from "./config.js";

/** What options of single services give their endpoint rules, by the parameter's `builtIn`. */
const builtIns: Readonly<Record<string, (config: ServiceConfig) => boolean | undefined>> = {
  "AWS::S3::ForcePathStyle": ({ s3ForcePathStyle }) => s3ForcePathStyle,
  "AWS::S3::Accelerate": ({ useAccelerateEndpoint }) => useAccelerateEndpoint,
  "AWS::S3::UseArnRegion": ({ s3UseArnRegion }) => s3UseArnRegion,
  "AWS::S3Control::UseArnRegion": ({ s3UseArnRegion }) => s3UseArnRegion,
  "AWS::S3::UseGlobalEndpoint": ({ s3UsEast1RegionalEndpoint }) => s3UsEast1RegionalEndpoint !== "regional",
  "AWS::STS::UseGlobalEndpoint": ({ stsRegionalEndpoints }) => stsRegionalEndpoints !== "regional",
};

/** Parameters of the endpoint rules that only the configuration of this service fills, by name. */
export function endpointParametersOf({ endpointBuiltIns }: ServiceFacts, config: ServiceConfig): EndpointParameters {
  return Object.fromEntries(
    Object.entries(endpointBuiltIns).flatMap(([parameter, builtIn]) => {
      const value = builtIns[builtIn]?.(config);
      return value === undefined ? [] : [[parameter, value]];
    }),
  );
}
