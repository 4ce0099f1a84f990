import { createPublicKey } from "node:crypto";
import {
  createTrail,
  getTrailStatus,
  InvalidHomeRegionException,
  InvalidTimeRangeException,
  InvalidTokenException,
  listPublicKeys,
  startLogging,
  stopLogging,
  TrailNotFoundException,
} from "@clientsmith/cloudtrail";
import { describe, expect, it } from "vitest";
import { failure, now, startCloudTrail, trailArn } from "./support/cloudtrail.js";

const Name = "audit";
const day = 86_400_000;

describe("logging", () => {
  it("is off until it is started, and its times are reported", async () => {
    let time = now;
    const { client } = await startCloudTrail({ clock: () => time });
    await createTrail(client, {
      Name,
      S3BucketName: "example-logs",
      SnsTopicName: "deliveries",
      EnableLogFileValidation: true,
    });
    const status = async () => {
      const { $metadata: _, ...rest } = await getTrailStatus(client, { Name });
      return rest;
    };
    expect(await status()).toEqual({ IsLogging: false });

    await startLogging(client, { Name });
    expect(await status()).toEqual({ IsLogging: true, StartLoggingTime: new Date(now) });

    time += 2 * 3_600_000;
    await startLogging(client, { Name });
    expect(await status()).toEqual({
      IsLogging: true,
      StartLoggingTime: new Date(now),
      LatestDeliveryTime: new Date("2024-05-06T09:05:00Z"),
      LatestNotificationTime: new Date("2024-05-06T09:05:00Z"),
      LatestDigestDeliveryTime: new Date("2024-05-06T09:00:00Z"),
    });

    await stopLogging(client, { Name: trailArn(Name) });
    time += day;
    expect(await status()).toMatchObject({
      IsLogging: false,
      StopLoggingTime: new Date(now + 2 * 3_600_000),
      LatestDeliveryTime: new Date("2024-05-06T09:05:00Z"),
    });
  });

  it("is switched in the home region of a trail that is there", async () => {
    const { client, clientOf } = await startCloudTrail();
    for (const call of [startLogging, stopLogging, getTrailStatus]) {
      expect(await failure(call(client, { Name }))).toBeInstanceOf(TrailNotFoundException);
    }
    await createTrail(client, { Name, S3BucketName: "example-logs", IsMultiRegionTrail: true });
    const abroad = clientOf({ region: "eu-west-1" });
    for (const call of [startLogging, stopLogging]) {
      expect(await failure(call(abroad, { Name }))).toBeInstanceOf(InvalidHomeRegionException);
    }
    expect((await getTrailStatus(abroad, { Name: trailArn(Name) })).IsLogging).toBe(false);
  });
});

describe("listPublicKeys", () => {
  it("returns the keys of a time range, as keys that can be read", async () => {
    const { client, clientOf } = await startCloudTrail();
    const { PublicKeyList: current = [] } = await listPublicKeys(client);
    expect(current).toHaveLength(1);
    const StartTime = new Date(now - 90 * day);
    const { PublicKeyList: keys = [] } = await listPublicKeys(client, { StartTime });
    expect(keys).toHaveLength(4);
    expect(keys.at(-1)).toEqual(current[0]);
    for (const { Value, Fingerprint, ValidityStartTime, ValidityEndTime } of keys) {
      expect(Value).toBeInstanceOf(Uint8Array);
      const key = createPublicKey({ key: Buffer.from(Value ?? []), format: "der", type: "pkcs1" });
      expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65_537n });
      expect(Fingerprint).toMatch(/^[0-9a-f]{32}$/);
      expect(ValidityStartTime?.getTime()).toBeLessThan(ValidityEndTime?.getTime() ?? 0);
    }
    const { PublicKeyList: again } = await listPublicKeys(client, { StartTime });
    expect(again).toEqual(keys);
    const { PublicKeyList: elsewhere = [] } = await listPublicKeys(clientOf({ region: "eu-west-1" }));
    expect(elsewhere[0]?.Fingerprint).not.toBe(current[0]?.Fingerprint);
  });

  it("rejects a range that ends before it starts, and every token", async () => {
    const { client } = await startCloudTrail();
    const range = { StartTime: new Date(now), EndTime: new Date(now - 1_000) };
    expect(await failure(listPublicKeys(client, range))).toBeInstanceOf(InvalidTimeRangeException);
    expect(await failure(listPublicKeys(client, { NextToken: "t" }))).toBeInstanceOf(InvalidTokenException);
  });
});
