import { beforeAll, describe, expect, it } from "vitest";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import type { Call } from "./support/calls.js";
import { callerOf } from "./support/ours.js";
import { loadV3 } from "./support/v3.js";

const file = sharedPath("models/s3-2006-03-01.json");
const isInstalled = await peersInstalled();

const accessPoint = "arn:aws:s3:us-west-2:123456789012:accesspoint/reports";

describe.skipIf(file === undefined || !isInstalled)("the endpoint of S3, beside the official client", () => {
  let module: ClientModule;
  beforeAll(async () => {
    ({ module } = await generateClient(file ?? ""));
  }, 120_000);

  async function bothAsk(options: object, operation: string, input: object): Promise<[Call, Call]> {
    // None of the comparisons' endpoint: the rules of the service are to choose.
    const settings = { endpoint: undefined, ...options };
    const ours = callerOf(module, "S3Client", settings);
    const v3 = await loadV3("@aws-sdk/client-s3", "S3Client", settings);
    return await Promise.all([ours(operation, input, response), v3(operation, input, response)]);
  }
  const response = { status: 200, headers: { "content-type": "text/xml" }, body: "" };

  const key = { Key: "a/b c+d/é" };
  it.each<[string, object, string, object]>([
    ["a bucket in the host", {}, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["a bucket in the host, of the whole bucket", {}, "ListObjectsV2", { Bucket: "bucket-1", Prefix: "a b" }],
    ["no bucket", {}, "ListBuckets", {}],
    ["a bucket with dots", {}, "HeadObject", { Bucket: "www.example.com", ...key }],
    ["a bucket in the path, as asked", { forcePathStyle: true }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["another region", { region: "us-east-1" }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["a region of China", { region: "cn-north-1" }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["dual stack", { useDualstackEndpoint: true }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["FIPS", { region: "us-west-2", useFipsEndpoint: true }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["acceleration", { useAccelerateEndpoint: true }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["an access point", { region: "us-west-2" }, "HeadObject", { Bucket: accessPoint, ...key }],
    ["an access point elsewhere", { useArnRegion: true }, "HeadObject", { Bucket: accessPoint, ...key }],
    ["an endpoint of one's own", { endpoint: "https://s3.example.com" }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["an endpoint with a path", { endpoint: "https://example.com/s3" }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["an endpoint with a port", { endpoint: "http://localhost:9000" }, "HeadObject", { Bucket: "bucket-1", ...key }],
    ["an address", { endpoint: "http://127.0.0.1:9000" }, "HeadObject", { Bucket: "bucket-1", ...key }],
  ])("is the same for %s", async (_what, options, operation, input) => {
    const [sent, sent3] = await bothAsk(options, operation, input);
    expect(sent.error).toBeUndefined();
    expect(target(sent)).toEqual(target(sent3));
  });

  it("is the host of the bucket, unless configured otherwise", async () => {
    const input = { Bucket: "bucket-1", ...key };
    const [{ request: inHost }] = await bothAsk({}, "HeadObject", input);
    expect(inHost).toMatchObject({
      origin: "https://bucket-1.s3.eu-west-1.amazonaws.com",
      path: "/a/b%20c%2Bd/%C3%A9",
    });
    const [{ request: inPath }] = await bothAsk({ forcePathStyle: true }, "HeadObject", input);
    expect(inPath).toMatchObject({
      origin: "https://s3.eu-west-1.amazonaws.com",
      path: "/bucket-1/a/b%20c%2Bd/%C3%A9",
    });
  });
});

/** Where a request goes, and for which service and region it is signed. */
function target({ request }: Call): object {
  const { method, origin, path, query, headers } = request;
  const [, scope] = /Credential=[^/]*\/\d{8}\/([^,]*)/.exec(headers["authorization"] ?? "") ?? [];
  return { method, origin, path, query: query.split("&").toSorted(), host: headers["host"], scope };
}
