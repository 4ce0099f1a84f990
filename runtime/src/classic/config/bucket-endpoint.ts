import { awsError } from "../aws-error.js";
import type { ServiceConfig } from "./config.js";
import type { AWSError, ServiceDefinition } from "../types.js";

/** True where the endpoint that is given stands for one bucket, which then is neither in its host nor in the path. */
export function isBucketEndpoint(
  { serviceIdentifier }: ServiceDefinition,
  { s3BucketEndpoint }: ServiceConfig,
): boolean {
  return serviceIdentifier === "s3" && s3BucketEndpoint;
}

/** @throws AWSError where no endpoint is given that could be a bucket's */
export function checkBucketEndpoint(definition: ServiceDefinition, config: ServiceConfig): void {
  if (!isBucketEndpoint(definition, config) || config.endpoint) return;
  const message = "An endpoint must be provided when configuring `s3BucketEndpoint` to true.";
  throw awsError(new Error(), { name: "InvalidEndpoint", message });
}

/** Why a request cannot go to a bucket's endpoint: it is for none. */
export function withoutBucket(
  definition: ServiceDefinition,
  config: ServiceConfig,
  { Bucket }: { readonly Bucket?: unknown },
): AWSError | undefined {
  if (!isBucketEndpoint(definition, config) || Bucket) return undefined;
  const message = "Cannot send requests to root API with `s3BucketEndpoint` set.";
  return awsError(new Error(message), { code: "ConfigError" });
}
