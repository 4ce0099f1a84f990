import type { ServiceDefinition } from "../types.js";

/** Options that only some services have a use for, by their keys in the configuration. */
const ofServices: Readonly<Record<string, readonly string[]>> = {
  s3ForcePathStyle: ["s3", "s3control"],
  s3BucketEndpoint: ["s3"],
  s3DisableBodySigning: ["s3", "s3control"],
  s3UsEast1RegionalEndpoint: ["s3"],
  s3UseArnRegion: ["s3", "s3control"],
  useAccelerateEndpoint: ["s3"],
  dynamoDbCrc32: ["dynamodb", "dynamodbstreams"],
  stsRegionalEndpoints: ["sts"],
};

const ofBrowsers: readonly string[] = ["xhrAsync", "xhrWithCredentials"];

const known = new Set<string>();

/** Warns, once in a process, of each option that has no meaning where it is given. Nothing is dropped in silence. */
export function warnOfOptions(given: object, { serviceIdentifier, model }: ServiceDefinition): void {
  const { name: service } = model.service;
  for (const [option, services] of Object.entries(ofServices)) {
    if (isGiven(given, option) && !services.includes(serviceIdentifier)) {
      warn(`The option ${option} has no meaning for ${service}, only for ${services.join(" and ")}.`);
    }
  }
  const { httpOptions } = given as { readonly httpOptions?: object | null };
  for (const option of ofBrowsers) {
    if (httpOptions && isGiven(httpOptions, option)) {
      warn(`The option httpOptions.${option} has no meaning in Node: there is no XMLHttpRequest.`);
    }
  }
  if ((given as { readonly s3BucketEndpoint?: unknown }).s3BucketEndpoint === true) {
    warn("The option s3BucketEndpoint is not supported: give the bucket as Bucket, and the S3 endpoint as endpoint.");
  }
  if ((given as { readonly clientSideMonitoring?: unknown }).clientSideMonitoring === true) {
    warn(
      "The option clientSideMonitoring is not supported: AWS has ended its agent. See docs/observability.md for hooks.",
    );
  }
}

/** Also of one that is given as what it is by default: who writes it means something by it. */
function isGiven(given: object, option: string): boolean {
  return (given as Readonly<Record<string, unknown>>)[option] !== undefined;
}

/** Says something about the configuration, once in a process. */
export function warn(message: string): void {
  if (known.has(message)) return;
  known.add(message);
  process.emitWarning(message, { type: "ClientsmithWarning" });
}
