import { CloudTrailClient, type CloudTrailClientOptions } from "@clientsmith/cloudtrail";
import { type LocalService, type ReceivedRequest, testCredentials } from "@clientsmith/runtime/testing";
import { afterEach, expect, onTestFinished } from "vitest";
import { type LocalCloudTrailOptions, startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { verifySignature } from "../../support/verify-signature.js";

export const accountId = "123456789012";

/** The moment that accounts of these tests stand at unless a test moves it. */
export const now = Date.parse("2024-05-06T07:08:09Z");

type Options = NonNullable<Parameters<typeof startLocalCloudTrail>[0]>;

export interface CloudTrailUnderTest {
  readonly service: LocalService;
  /** A client of us-east-1. */
  readonly client: CloudTrailClient;
  clientOf(options: CloudTrailClientOptions): CloudTrailClient;
}

/** Requests of the test under way whose signatures have to hold before somebody else's verifier. */
const received: ReceivedRequest[] = [];
let verified = 0;

afterEach(async () => {
  for (const request of received.splice(0)) {
    const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/cloudtrail\//.exec(String(request.headers["authorization"]));
    const [, accessKeyId = "", region = ""] = scope ?? [];
    const sessionToken = request.headers["x-amz-security-token"] as string | undefined;
    const credentials = { accessKeyId, secretAccessKey: testCredentials.secretAccessKey, sessionToken };
    await verifySignature(request, { credentials, region, service: "cloudtrail" });
    verified++;
  }
});

/** How many requests of this file the official signer has confirmed so far. */
export function verifiedRequests(): number {
  return verified;
}

/** A local CloudTrail and a client, both closed when the test ends. Each request's signature is verified afterwards. */
export async function startCloudTrail(
  options: Options & LocalCloudTrailOptions & { readonly client?: CloudTrailClientOptions } = {},
): Promise<CloudTrailUnderTest> {
  const { client: clientOptions, ...rest } = options;
  const service = await startLocalCloudTrail({
    clock: () => now,
    onRequest: (request) => received.push(request),
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
