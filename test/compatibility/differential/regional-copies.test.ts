import { join } from "node:path";
import { Sha256 } from "@aws-crypto/sha256-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";

type Input = Readonly<Record<string, string>>;
type Middleware = (
  options: object,
) => (next: (args: { input: Input }) => unknown, context: object) => (args: { input: Input }) => Promise<unknown>;

const isInstalled = await peersInstalled();
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token+/=" };
const region = "eu-west-1";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-04T05:06:07Z") }));
afterEach(() => void vi.useRealTimers());

/** The URL that the client puts into its request. */
async function oursOf(service: "rds" | "ec2", operation: string, input: Input): Promise<URL> {
  const { module } = await generateClient(join(root, `test/fixtures/regional-copies/${service}.json`));
  const { transport, sent } = keepRequests(`<${operation}Response/>`);
  const Client = module[`${service.toUpperCase()}Client`] as new (options: object) => object;
  const call = module[operation.replace(/^C/, "c")] as (client: object, input: Input) => Promise<object>;
  await call(new Client({ region, credentials, transport }), input);
  const form = new URLSearchParams(String(sent[0]?.body));
  return new URL(form.get("PreSignedUrl") ?? form.get("PresignedUrl") ?? "");
}

/** The URL that a middleware of the official client adds. */
async function theirsOf(name: string, middleware: string, host: string, input: Input): Promise<URL> {
  const add = (await peer(`@aws-sdk/${name}`))[middleware] as Middleware;
  const endpoint = () => Promise.resolve({ hostname: host, protocol: "https:", path: "/" });
  const options = {
    region: () => Promise.resolve(region),
    credentials: () => Promise.resolve(credentials),
    sha256: Sha256,
    signingEscapePath: true,
    endpoint,
    endpointProvider: () => ({ url: new URL(`https://${host}`) }),
  };
  let added: Input = {};
  await add(options)(({ input: given }) => (added = given), {})({ input });
  return new URL(added["PreSignedUrl"] ?? added["PresignedUrl"] ?? "");
}

/** Host and parameters; their order says nothing. */
const partsOf = ({ origin, pathname, searchParams }: URL): object => ({
  origin,
  pathname,
  query: Object.fromEntries([...searchParams].toSorted()),
});

describe.skipIf(!isInstalled)("the URL of a copy from another Region, beside the official clients", () => {
  it("is that of RDS, signature and all", async () => {
    const SourceDBSnapshotIdentifier = "arn:aws:rds:us-west-2:123456789012:snapshot:mine";
    const input = { SourceDBSnapshotIdentifier, KmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/a b" };
    const ours = await oursOf("rds", "CopyDBSnapshot", input);
    const host = "rds.us-west-2.amazonaws.com";
    const theirs = await theirsOf("middleware-sdk-rds", "crossRegionPresignedUrlMiddleware", host, input);
    expect(theirs.searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
    expect(partsOf(ours)).toEqual(partsOf(theirs));
  });

  it("is that of EC2, signature and all", async () => {
    const input = { SourceRegion: "us-west-2", SourceSnapshotId: "snap-1" };
    const ours = await oursOf("ec2", "CopySnapshot", input);
    const host = "ec2.us-west-2.amazonaws.com";
    const theirs = await theirsOf("middleware-sdk-ec2", "copySnapshotPresignedUrlMiddleware", host, input);
    expect(theirs.searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
    expect(partsOf(ours)).toEqual(partsOf(theirs));
  });
});
