import type { Customization } from "./customization.js";

/**
 * Amazon DynamoDB and its streams respond within milliseconds: retries after transient errors start earlier, and there
 * is one more.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const dynamodb: readonly Customization[] = ["DynamoDB", "DynamoDB Streams"].map((sdkId) => ({
  name: sdkId.toLowerCase().replace(" ", "-"),
  sdkId,
  change: (service) => ({ ...service, retry: { maxAttempts: 4, transientBase: 25 } }),
}));
