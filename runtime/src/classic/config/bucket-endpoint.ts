import { awsError } from "../aws-error.js";
import type { ServiceConfig } from "./config.js";
import type { AWSError, ServiceDefinition } from "../types.js";

/** True where the configured endpoint is that of one bucket, so that its name is added neither to the host nor to the path. */
export function isBucketEndpoint(
  { serviceIdentifier }: ServiceDefinition,
  { s3BucketEndpoint }: ServiceConfig,
): boolean {
  return serviceIdentifier === "s3" && s3BucketEndpoint;
}

/** @throws AWSError where no endpoint is given */
export function checkBucketEndpoint(definition: ServiceDefinition, config: ServiceConfig): void {
  if (!isBucketEndpoint(definition, config) || config.endpoint) return;
  const message = "An endpoint must be provided when configuring `s3BucketEndpoint` to true.";
  throw awsError(new Error(), { name: "InvalidEndpoint", message });
}

/** The error of a request without a bucket, which cannot be sent to the endpoint of a bucket. */
export function withoutBucket(
  definition: ServiceDefinition,
  config: ServiceConfig,
  { Bucket }: { readonly Bucket?: unknown },
): AWSError | undefined {
  if (!isBucketEndpoint(definition, config) || Bucket) return undefined;
  const message = "Cannot send requests to root API with `s3BucketEndpoint` set.";
  return awsError(new Error(message), { code: "ConfigError" });
}
