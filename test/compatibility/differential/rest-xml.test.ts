import { describe, expect, it } from "vitest";
import { generateClient } from "../../support/generate-client.js";
import { peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { callerOf } from "./support/ours.js";
import { compareRestXml } from "./support/rest-xml.js";
import { loadV3 } from "./support/v3.js";

const isInstalled = await peersInstalled();

compareRestXml("route-53-2013-04-01", "@aws-sdk/client-route-53", "Route53Client");
compareRestXml("cloudfront-2020-05-31", "@aws-sdk/client-cloudfront", "CloudFrontClient");

describe.skipIf(!isInstalled)("ids of Route 53", () => {
  const file = sharedPath("models/route-53-2013-04-01.json");

  it.skipIf(!file).each(["/hostedzone/Z1", "/delegationset/N1", "/change/C1", "Z1", "/other/Z1"])(
    "%s is sent in the same form",
    async (Id) => {
      const [{ module }, v3] = await Promise.all([
        generateClient(file ?? ""),
        loadV3("@aws-sdk/client-route-53", "Route53Client"),
      ]);
      const ours = callerOf(module, "Route53Client");
      for (const name of ["GetHostedZone", "GetChange", "GetReusableDelegationSet"]) {
        const [sent, sent3] = await Promise.all([ours(name, { Id }), v3(name, { Id })]);
        expect(sent.request.path).toBe(sent3.request.path);
      }
    },
    60_000,
  );
});
