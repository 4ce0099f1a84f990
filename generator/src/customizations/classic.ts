import type { ServiceIr } from "../ir/ir.js";

/** What AWS SDK v2 has for a service beyond its model. */
export interface ClassicFacts {
  /** Name of its class, where it is not the name of the service here. */
  readonly className?: string;
  /** Methods whose data has its payload as text. */
  readonly textPayloads?: readonly string[];
  /** Members of parameters and data that have another type there, by name. */
  readonly memberTypes?: Readonly<Record<string, "string" | "number">>;
  /** Further members of parameters, whose numbers are text there. */
  readonly textParams?: readonly string[];
}

/** By the `sdkId` of `aws.api#service`. */
const facts: Readonly<Record<string, ClassicFacts>> = {
  Lambda: { textPayloads: ["invoke"] },
  "IoT Data Plane": {
    className: "IotData",
    textPayloads: ["deleteThingShadow", "getThingShadow", "updateThingShadow"],
  },
  "Route 53": { memberTypes: { MaxItems: "string" }, textParams: ["MaxResults"] },
  CloudFront: { textParams: ["MaxItems"] },
  Glacier: { textParams: ["limit"] },
  S3: { memberTypes: { PartNumberMarker: "number", NextPartNumberMarker: "number" } },
  "Application Discovery Service": { className: "Discovery" },
  "Cognito Identity Provider": { className: "CognitoIdentityServiceProvider" },
  "Cost and Usage Report Service": { className: "CUR" },
  "Database Migration Service": { className: "DMS" },
  "Elastic Load Balancing": { className: "ELB" },
  "Elastic Load Balancing v2": { className: "ELBv2" },
  "Elasticsearch Service": { className: "ES" },
  IoT: { className: "Iot" },
  "Kinesis Video Signaling": { className: "KinesisVideoSignalingChannels" },
  "Lex Runtime Service": { className: "LexRuntime" },
  "RDS Data": { className: "RDSDataService" },
  SESv2: { className: "SESV2" },
  SFN: { className: "StepFunctions" },
  "SageMaker A2I Runtime": { className: "AugmentedAIRuntime" },
  Transcribe: { className: "TranscribeService" },
  codeartifact: { className: "CodeArtifact" },
  "codestar notifications": { className: "CodeStarNotifications" },
  "finspace data": { className: "Finspacedata" },
  forecast: { className: "ForecastService" },
  forecastquery: { className: "ForecastQueryService" },
  identitystore: { className: "IdentityStore" },
  ivs: { className: "IVS" },
  mq: { className: "MQ" },
  savingsplans: { className: "SavingsPlans" },
};

/** What AWS SDK v2 has for the service beyond its model; empty for most services. */
export function classicFacts({ sdkId }: Pick<ServiceIr, "sdkId">): ClassicFacts {
  return Object.hasOwn(facts, sdkId) ? (facts[sdkId] ?? {}) : {};
}

/** Key of the service in the configuration: `cloudtrail`. AWS SDK v2 has the name of its class there, in lower case. */
export function serviceIdentifier(service: Pick<ServiceIr, "sdkId">): string {
  return (classicFacts(service).className ?? service.sdkId).toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
