import { listTrails } from "@clientsmith/cloudtrail";
import { describe, expect, it } from "vitest";
import { startCloudTrail } from "./support/cloudtrail.js";

const throttled = { error: { name: "ThrottlingException", status: 400, message: "Rate exceeded" } };

describe("the adaptive retry mode", () => {
  it("paces calls once the service throttles, first attempts too", async () => {
    let throttling = false;
    const { client } = await startCloudTrail({
      faults: () => (throttling ? throttled : undefined),
      client: { retryMode: "adaptive", maxAttempts: 1 },
    });
    for (let call = 0; call < 5; call++) await listTrails(client);
    throttling = true;
    await expect(listTrails(client)).rejects.toMatchObject({ name: "ThrottlingException" });
    throttling = false;
    // Half a call a second is allowed where these few calls fell into one half of a second, else a part of the ten a second
    // that were measured. Unpaced it takes a few milliseconds.
    const startedAt = performance.now();
    await listTrails(client);
    expect(performance.now() - startedAt).toBeGreaterThan(80);
  });

  it("paces nothing in the standard mode", async () => {
    let throttling = true;
    const { client } = await startCloudTrail({
      faults: () => (throttling ? throttled : undefined),
      client: { maxAttempts: 1 },
    });
    await expect(listTrails(client)).rejects.toMatchObject({ name: "ThrottlingException" });
    throttling = false;
    const startedAt = performance.now();
    await listTrails(client);
    expect(performance.now() - startedAt).toBeLessThan(400);
  });
});
