import { CloudTrailClient, type CloudTrailClientOptions } from "@clientsmith/cloudtrail";
import { type LocalService, testCredentials } from "@clientsmith/runtime/testing";
import { expect, onTestFinished } from "vitest";
import { type LocalCloudTrailOptions, startLocalCloudTrail } from "../../../../examples/cloudtrail-local/index.js";
import { verifying } from "./verified.js";

export const accountId = "123456789012";

/** The moment that accounts of these tests are at unless a test moves it. */
export const now = Date.parse("2024-05-06T07:08:09Z");

type Options = NonNullable<Parameters<typeof startLocalCloudTrail>[0]>;

export interface CloudTrailUnderTest {
  readonly service: LocalService;
  /** A client of us-east-1. */
  readonly client: CloudTrailClient;
  clientOf(options: CloudTrailClientOptions): CloudTrailClient;
}

/** A local CloudTrail and a client, both closed when the test ends. Each request's signature is verified afterwards. */
export async function startCloudTrail(
  options: Options & LocalCloudTrailOptions & { readonly client?: CloudTrailClientOptions } = {},
): Promise<CloudTrailUnderTest> {
  const { client: clientOptions, ...rest } = options;
  const service = await startLocalCloudTrail({
    clock: () => now,
    onRequest: verifying(),
    onError: (error) => {
      throw error;
    },
    ...rest,
  });
  onTestFinished(() => service.close());
  const clientOf = (more: CloudTrailClientOptions) => {
    const client = new CloudTrailClient({
      region: "us-east-1",
      endpoint: service.endpoint,
      credentials: testCredentials,
      ...clientOptions,
      ...more,
    });
    onTestFinished(() => client.close());
    return client;
  };
  return { service, client: clientOf({}), clientOf };
}

export function trailArn(name: string, region = "us-east-1"): string {
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/** A promise's rejection, which is to come. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`should have failed, but gave ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}
