import { CloudTrailClient, getTrail, listTrails } from "@clientsmith/cloudtrail";
import { ServiceError } from "@clientsmith/runtime";
import { testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it } from "vitest";
import { signRequest } from "#runtime/signing/sign.js";
import { failure, startCloudTrail } from "./support/cloudtrail.js";
import { verifiedRequests, verifying } from "./support/verified.js";

/** A request signed by hand, sent by fetch. */
async function post(endpoint: string, target: string, body: string): Promise<Response> {
  const { origin, host } = new URL(endpoint);
  const headers = { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const { host: _, ...signed } = signRequest(
    { method: "POST", origin, path: "/", query: "", headers, body },
    { credentials: testCredentials, region: "us-east-1", service: "cloudtrail", date: new Date() },
  ).headers;
  return fetch(endpoint, { method: "POST", headers: signed, body });
}

describe("a request on the wire", () => {
  it("is what awsJson1_1 says", async () => {
    const { client, service } = await startCloudTrail();
    await listTrails(client);
    const { method, path, query, body, headers } = service.requests[0] ?? {};
    expect([method, path, query, body]).toEqual(["POST", "/", "", "{}"]);
    expect(headers).toMatchObject({
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CloudTrail_20131101.ListTrails",
      host: service.endpoint.slice("http://".length),
      "content-length": "2",
    });
  });

  it.each(["CloudTrail_20131101.ListTrails", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.ListTrails"])(
    "may name its operation as %s",
    async (target) => {
      const { service } = await startCloudTrail();
      const response = await post(service.endpoint, target, "{}");
      expect([response.status, await response.json()]).toEqual([200, { Trails: [] }]);
    },
  );

  it("names an error by its type and Message", async () => {
    const { service } = await startCloudTrail();
    const response = await post(service.endpoint, "CloudTrail_20131101.GetTrail", '{"Name":"audit"}');
    const Message = "Unknown trail: audit for the user: 123456789012";
    expect([response.status, await response.json()]).toEqual([404, { __type: "TrailNotFoundException", Message }]);
  });
});

describe("a signature", () => {
  it.each([
    ["with another secret", { ...testCredentials, secretAccessKey: "other" }, "InvalidSignatureException"],
    ["of another key", { ...testCredentials, accessKeyId: "AKIDOTHER" }, "UnrecognizedClientException"],
    ["with an unknown token", { ...testCredentials, sessionToken: "t" }, "UnrecognizedClientException"],
  ])("%s is rejected", async (_what, credentials, name) => {
    const { client, service } = await startCloudTrail({
      onRequest: verifying(credentials.secretAccessKey),
      client: { credentials },
    });
    const error = await failure(listTrails(client));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ name, status: 400, fault: "client" });
    expect(service.requests).toHaveLength(1);
    expect(String((error as Error).stack)).not.toContain(credentials.secretAccessKey);
  });

  it("with a session token is taken where the token is known, wrong or missing ones are not", async () => {
    const temporary = { ...testCredentials, sessionToken: "a token/with+signs==" };
    const { client, clientOf } = await startCloudTrail({
      credentials: [temporary],
      client: { credentials: temporary },
    });
    expect((await listTrails(client)).Trails).toEqual([]);
    for (const credentials of [testCredentials, { ...temporary, sessionToken: "other" }]) {
      const error = await failure(listTrails(clientOf({ credentials })));
      expect(error).toMatchObject({ name: "UnrecognizedClientException" });
    }
  });

  it("is rejected with a skewed clock, and taken with the offset that corrects it", async () => {
    const { clientOf } = await startCloudTrail();
    const skewed = await failure(listTrails(clientOf({ systemClockOffset: 3_600_000, maxAttempts: 1 })));
    expect(skewed).toMatchObject({ name: "InvalidSignatureException" });
    expect((await listTrails(clientOf({ systemClockOffset: -60_000 }))).$metadata.status).toBe(200);
  });

  it("is made for the client's region", async () => {
    const { client, clientOf, service } = await startCloudTrail();
    await listTrails(client);
    await listTrails(clientOf({ region: "ap-northeast-1" }));
    await listTrails(clientOf({ region: async () => "us-gov-west-1" }));
    expect(service.requests.map(({ region }) => region)).toEqual(["us-east-1", "ap-northeast-1", "us-gov-west-1"]);
  });

  it("is made again with what a provider gives", async () => {
    let asked = 0;
    const credentials = async () => {
      asked++;
      return testCredentials;
    };
    const { client } = await startCloudTrail({ client: { credentials } });
    await listTrails(client);
    await listTrails(client);
    expect(asked).toBeGreaterThan(0);
  });

  it("was confirmed by the official signer for the requests so far", () => {
    expect(verifiedRequests()).toBeGreaterThan(8);
  });
});

describe("settings of a client", () => {
  it("may come from the environment", async () => {
    const { service } = await startCloudTrail();
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_REGION: "eu-north-1",
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      AWS_ENDPOINT_URL_CLOUDTRAIL: service.endpoint,
    });
    const client = new CloudTrailClient();
    try {
      await failure(getTrail(client, { Name: "audit" }));
    } finally {
      process.env = before;
      await client.close();
    }
    expect(service.requests[0]).toMatchObject({ operation: "GetTrail", region: "eu-north-1" });
  });
});
