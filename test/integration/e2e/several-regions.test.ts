import { describe, expect, it } from "vitest";
import type { HttpRequest } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { sharedPath } from "../../support/shared.js";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

/** The request of one call of a client that is generated from a public model. */
async function requestOf(model: string, client: string, operation: string, input: object): Promise<HttpRequest> {
  const { module } = await generateClient(model);
  const { transport, sent } = keepRequests(client === "S3" ? "" : "{}");
  const Client = module[`${client}Client`] as new (options: object) => object;
  const call = module[operation] as (client: object, input: object) => Promise<object>;
  await call(new Client({ region: "us-east-1", credentials, transport }), input);
  const [request] = sent;
  if (!request) throw new Error("Nothing was sent");
  return request;
}

const signed = (service: string): RegExp =>
  new RegExp(
    `^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/\\d{8}/${service}/aws4_request, SignedHeaders=.*x-amz-region-set`,
  );

const events = sharedPath("models/eventbridge-2015-10-07.json");
const s3 = sharedPath("models/s3-2006-03-01.json");

describe("an endpoint of several Regions is signed for by version 4A", () => {
  it.skipIf(!events)(
    "EventBridge's global endpoint",
    async () => {
      const input = { EndpointId: "abc123.456def", Entries: [{ Source: "test", DetailType: "t", Detail: "{}" }] };
      const { origin, headers } = await requestOf(events ?? "", "EventBridge", "putEvents", input);
      expect(origin).toBe("https://abc123.456def.endpoint.events.amazonaws.com");
      expect(headers["x-amz-region-set"]).toBe("*");
      expect(headers["authorization"]).toMatch(signed("events"));
    },
    60_000,
  );

  it.skipIf(!s3)(
    "an S3 Multi-Region Access Point",
    async () => {
      const input = { Bucket: "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", Prefix: "a b" };
      const { origin, path, headers } = await requestOf(s3 ?? "", "S3", "listObjectsV2", input);
      expect(origin).toBe("https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com");
      expect(path).toBe("/");
      expect(headers["x-amz-region-set"]).toBe("*");
      expect(headers["x-amz-content-sha256"]).toMatch(/^e3b0c442/);
      expect(headers["authorization"]).toMatch(signed("s3"));
    },
    120_000,
  );
});
