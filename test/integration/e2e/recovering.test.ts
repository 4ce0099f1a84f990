import { listTrails } from "@clientsmith/cloudtrail";
import type { AwsCredentialIdentity } from "@clientsmith/runtime";
import { testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it } from "vitest";
import { failure, startCloudTrail } from "./support/cloudtrail.js";
import { verifying } from "./support/verified.js";

const hour = 3_600_000;

const expired = { error: { name: "ExpiredTokenException", status: 400, message: "The security token is expired" } };

describe("a clock that is wrong", () => {
  it.each([hour, -hour])(
    "by %i ms is put right by the server's date, once for all calls",
    async (systemClockOffset) => {
      const { client, service } = await startCloudTrail({ clock: Date.now, client: { systemClockOffset } });
      const responses = await Promise.all(Array.from({ length: 5 }, () => listTrails(client)));
      expect(responses.map(({ $metadata }) => $metadata.attempts)).toEqual([2, 2, 2, 2, 2]);
      expect((await listTrails(client)).$metadata.attempts).toBe(1);
      expect(service.requests.filter(({ status }) => status === 200)).toHaveLength(6);
      expect(Math.abs(client.context?.clock.offset ?? Infinity)).toBeLessThan(5_000);
    },
  );

  it("is not suspected where the server's date agrees: wrong credentials cause the same error", async () => {
    const credentials = { ...testCredentials, secretAccessKey: "wrong" };
    const { client, service } = await startCloudTrail({
      clock: Date.now,
      onRequest: verifying(credentials.secretAccessKey),
      client: { credentials },
    });
    expect(await failure(listTrails(client))).toMatchObject({ name: "InvalidSignatureException", attempts: 1 });
    expect(service.requests).toHaveLength(1);
    expect(client.context?.clock.offset).toBe(0);
  });
});

describe("credentials that the service calls expired", () => {
  const second = { ...testCredentials, accessKeyId: "AKIDSECOND" };

  /** Expired for the caller that comes with the first key. */
  const options = {
    credentials: [testCredentials, second],
    faults: ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
      String(headers["authorization"]).includes(testCredentials.accessKeyId) ? expired : undefined,
  };

  it("are requested again, once for all calls", async () => {
    const asked: unknown[] = [];
    const credentials = async (request?: object): Promise<AwsCredentialIdentity> => {
      asked.push(request);
      return asked.length === 1 ? testCredentials : second;
    };
    const { client, service } = await startCloudTrail({ ...options, client: { credentials } });
    const givenResponses = await Promise.all(Array.from({ length: 4 }, () => listTrails(client)));
    expect(givenResponses.map(({ $metadata }) => $metadata.attempts)).toEqual([2, 2, 2, 2]);
    expect(asked).toEqual([{}, { forceRefresh: true }]);
    expect(service.requests).toHaveLength(8);
  });

  it("are not sent again where the provider has none other", async () => {
    let asked = 0;
    const credentials = async (): Promise<AwsCredentialIdentity> => {
      asked++;
      return { ...testCredentials };
    };
    const { client, service } = await startCloudTrail({ ...options, client: { credentials } });
    expect(await failure(listTrails(client))).toMatchObject({ name: "ExpiredTokenException", attempts: 1 });
    expect([asked, service.requests.length]).toEqual([2, 1]);
  });

  it("are not sent again where they are fixed, or the provider fails", async () => {
    const fixed = await startCloudTrail(options);
    expect(await failure(listTrails(fixed.client))).toMatchObject({ name: "ExpiredTokenException", attempts: 1 });
    let asked = 0;
    const credentials = async (): Promise<AwsCredentialIdentity> => {
      if (asked++ > 0) throw new Error("no more");
      return testCredentials;
    };
    const failing = await startCloudTrail({ ...options, client: { credentials } });
    expect(await failure(listTrails(failing.client))).toMatchObject({ name: "ExpiredTokenException", attempts: 1 });
    expect([fixed.service.requests.length, failing.service.requests.length]).toEqual([1, 1]);
  });
});
