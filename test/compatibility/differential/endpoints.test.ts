import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { EndpointError } from "#runtime/errors/index.js";
import type { EndpointParameters, EndpointResolver } from "#runtime/schema/service.js";
import { compileEndpoints, serviceTraits } from "../../support/compile-endpoints.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { root, sharedPath } from "../../support/shared.js";

interface OfficialClient {
  new (options: { region: string }): {
    readonly config: { readonly endpointProvider: (parameters: EndpointParameters) => { readonly url: URL } };
  };
}

const file = sharedPath("conformance/partitions.json");
const isInstalled = await peersInstalled();

const regions = [...(file ? regionsOf(file) : []), "us-west-99", "eu-isoe-north-7", "local", "nowhere", undefined];
const endpoints = [
  undefined,
  "https://example.com",
  "http://127.0.0.1:8000",
  "https://[2001:db8::1]:8443/base/path",
  "http://localhost:4566/cloudtrail",
];
const configurations = regions.flatMap((Region) =>
  endpoints.flatMap((Endpoint) =>
    [false, true].flatMap((UseFIPS) =>
      [false, true].map((UseDualStack): EndpointParameters => {
        const parameters = { Region, UseFIPS, UseDualStack, Endpoint };
        return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
      }),
    ),
  ),
);

describe.skipIf(!file || !isInstalled)("endpoints of CloudTrail, beside the official client", () => {
  let ours: (parameters: EndpointParameters) => string;
  let theirs: (parameters: EndpointParameters) => string;

  beforeAll(async () => {
    const traits = serviceTraits(readFileSync(join(root, "model/cloudtrail.json"), "utf8"));
    const resolve: EndpointResolver = await compileEndpoints("differential", traits["smithy.rules#endpointRuleSet"]);
    ours = (parameters) => responseOf(() => new URL(resolve(parameters).url));
    const { CloudTrailClient } = await peer("@aws-sdk/client-cloudtrail");
    const { endpointProvider } = new (CloudTrailClient as OfficialClient)({ region: "us-east-1" }).config;
    theirs = (parameters) => responseOf(() => endpointProvider(parameters).url);
  }, 120_000);

  it("are the same in every Region, with FIPS, dual stack and endpoints of one's own", () => {
    const responses = configurations.map((parameters) => ({
      parameters,
      ours: ours(parameters),
      theirs: theirs(parameters),
    }));
    expect(responses.filter((each) => each.ours !== each.theirs)).toEqual([]);
    // Most of these are rejected, so what is compared has to hold URLs too.
    expect(new Set(responses.map((each) => each.ours)).size).toBeGreaterThan(150);
  });
});

/** The URL, or that there is none: texts of errors are each client's own. */
function responseOf(resolve: () => URL): string {
  try {
    return resolve().href;
  } catch (error) {
    if (error instanceof EndpointError || (error as Error).name === "EndpointError") return "refused";
    throw error;
  }
}

function regionsOf(path: string): string[] {
  const { partitions } = JSON.parse(readFileSync(path, "utf8")) as { partitions: { regions: object }[] };
  return partitions.flatMap((partition) => Object.keys(partition.regions));
}
