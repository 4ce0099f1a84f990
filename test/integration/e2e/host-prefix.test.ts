import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ServiceModel } from "#runtime/schema/service.js";
import { startLocalService, testCredentials } from "#runtime/testing/index.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";

const { module, folder } = await generateClient(join(root, "test/fixtures/host-prefix/model.json"));
const PondClient = module["PondClient"] as new (options: object) => object;
const dip = module["dip"] as (client: object, input: object) => Promise<object>;
const settings = { region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } };

async function originOf(endpoint: string, options: object = {}): Promise<string | undefined> {
  const { transport, sent } = keepRequests("{}");
  await dip(new PondClient({ ...settings, endpoint, transport, ...options }), { side: "left" });
  expect(sent[0]?.origin.split("//")[1]).toBe(sent[0]?.headers["host"]);
  return sent[0]?.origin;
}

describe("an operation with a host prefix", () => {
  it("is sent to the endpoint's host with the prefix before it", async () => {
    expect(await originOf("https://pond.example:8443")).toBe("https://left.data-pond.example:8443");
    expect(await originOf("https://127.0.0.1.example")).toBe("https://left.data-127.0.0.1.example");
  });

  it.each([
    "http://127.0.0.1:4566",
    "http://[::1]:4566",
    "http://10.0.0.7",
    "http://localhost:4566",
    "http://localhost",
  ])("is sent to %s as it is, because no prefix can be put before it", async (endpoint) => {
    expect(await originOf(endpoint)).toBe(endpoint);
  });

  it("is sent without its prefix where disableHostPrefix is set", async () => {
    expect(await originOf("http://pond.example", { disableHostPrefix: true })).toBe("http://pond.example");
    expect(await originOf("http://pond.example", { disableHostPrefix: false })).toBe("http://left.data-pond.example");
  });

  it("still needs values that fit a host", async () => {
    const client = new PondClient({ ...settings, endpoint: "http://127.0.0.1:1", disableHostPrefix: true });
    await expect(dip(client, { side: "a/b" })).rejects.toMatchObject({ code: "Validation" });
  });

  it("can be called at the local service", async () => {
    const { PondModel: service } = (await import(join(folder, "src/model.ts"))) as { PondModel: ServiceModel };
    const local = await startLocalService({ service, handlers: { dip: () => ({ depth: 3 }) } as never });
    onTestFinished(() => local.close());
    const client = new PondClient({ ...settings, credentials: testCredentials, endpoint: local.endpoint });
    expect(await dip(client, { side: "left" })).toMatchObject({ depth: 3 });
  });

  it("needs disableHostPrefix to be true or false", async () => {
    await expect(originOf("http://pond.example", { disableHostPrefix: "yes" })).rejects.toMatchObject({
      message: 'The client\'s option disableHostPrefix must be true or false, got "yes"',
    });
  });
});
