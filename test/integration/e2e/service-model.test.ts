import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Service } from "@clientsmith/runtime/classic";
import { testCredentials } from "@clientsmith/runtime/testing";
import { serviceModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import { shippedDescription } from "../../compatibility/differential/support/api2.js";
import { peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";
import { startCloudTrail, trailArn } from "./support/cloudtrail.js";
import { verifiedRequests } from "./support/verified.js";

const isInstalled = await peersInstalled();

const models: Readonly<Record<string, () => string | object>> = {
  "a Smithy model": () => readFileSync(join(root, "model/cloudtrail.json"), "utf8"),
  ...(isInstalled && { "an api-2 description": () => shippedDescription("cloudtrail-2013-11-01") }),
};

/** The same operations, whatever the class was made of. */
describe.each(Object.entries(models))("a classic CloudTrail made at run time of %s", (_, model) => {
  const start = async (options: object = {}) => {
    const CloudTrail = Service.defineService(await serviceModel(model()));
    const { service } = await startCloudTrail();
    return new CloudTrail({
      endpoint: service.endpoint,
      region: "us-east-1",
      credentials: testCredentials,
      ...options,
    });
  };

  it("makes, reads, changes and deletes trails", async () => {
    const cloudtrail = await start();
    const Name = "audit";
    const created = await cloudtrail["createTrail"]?.({ Name, S3BucketName: "example-logs" }).promise();
    expect(created).toMatchObject({ Name, TrailARN: trailArn(Name) });
    await cloudtrail["startLogging"]?.({ Name }).promise();
    const status = await cloudtrail["getTrailStatus"]?.({ Name }).promise();
    expect(status).toMatchObject({ IsLogging: true, StartLoggingTime: expect.any(Date) as Date });
    await cloudtrail["addTags"]?.({ ResourceId: trailArn(Name), TagsList: [{ Key: "k", Value: "v" }] }).promise();
    const tags = await cloudtrail["listTags"]?.({ ResourceIdList: [trailArn(Name)] }).promise();
    expect(tags?.["ResourceTagList"]).toEqual([{ ResourceId: trailArn(Name), TagsList: [{ Key: "k", Value: "v" }] }]);
    await cloudtrail["deleteTrail"]?.({ Name }).promise();
    const gone = cloudtrail["getTrail"]?.({ Name }).promise();
    await expect(gone).rejects.toMatchObject({ code: "TrailNotFoundException", statusCode: 404 });
    expect(verifiedRequests()).toBeGreaterThanOrEqual(0);
  });

  it("goes through pages of events", async () => {
    const cloudtrail = await start();
    const pages = await new Promise<number[]>((resolve, reject) => {
      const sizes: number[] = [];
      cloudtrail["lookupEvents"]?.({ MaxResults: 20 }).eachPage((error, data) => {
        if (error) return reject(error);
        if (!data || sizes.length === 3) return resolve(sizes);
        sizes.push((data["Events"] as unknown[]).length);
        return sizes.length < 3 || (resolve(sizes), false);
      });
    });
    expect(pages).toEqual([20, 20, 20]);
  });

  it("rejects parameters before they are sent", async () => {
    const cloudtrail = await start();
    await expect(cloudtrail["getTrail"]?.({}).promise()).rejects.toMatchObject({
      code: "MissingRequiredParameter",
      message: "Missing required key 'Name' in params",
    });
  });
});
