import { testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { failure } from "./support/cloudtrail.js";
import { verifying } from "./support/verified.js";

/** As much of the official clients as is used here. */
interface ScriptedResponse {
  readonly Events?: readonly { readonly EventTime?: unknown }[];
}
type CommandClass = new (input: object) => object;
type V3Client = new (options: object) => { send(command: object): Promise<ScriptedResponse>; destroy(): void };
type V2Client = new (options: object) => Record<string, (input: object) => { promise(): Promise<ScriptedResponse> }>;

async function start() {
  const service = await startLocalCloudTrail({ events: 10, onRequest: verifying() });
  onTestFinished(() => service.close());
  return service;
}

describe.skipIf(!(await peersInstalled()))("the local CloudTrail responds to the official clients", () => {
  it("of version 3", async () => {
    const { endpoint, requests } = await start();
    const v3 = await peer("@aws-sdk/client-cloudtrail");
    const client = new (v3["CloudTrailClient"] as V3Client)({
      region: "us-east-1",
      endpoint,
      credentials: testCredentials,
    });
    onTestFinished(() => client.destroy());
    const send = (command: string, input: object) => client.send(new (v3[command] as CommandClass)(input));
    const { Events } = await send("LookupEventsCommand", { MaxResults: 3 });
    expect(Events?.map(({ EventTime }) => EventTime instanceof Date)).toEqual([true, true, true]);
    const error = await failure(send("GetTrailCommand", { Name: "audit" }));
    expect(error).toBeInstanceOf(v3["TrailNotFoundException"]);
    expect(requests.map(({ operation, attempt, status }) => [operation, attempt, status])).toEqual([
      ["LookupEvents", 1, 200],
      ["GetTrail", 1, 404],
    ]);
  });

  it("of version 2, which spells its targets otherwise", async () => {
    const { endpoint, requests } = await start();
    const v2 = await peer("aws-sdk");
    const client = new (v2["CloudTrail"] as V2Client)({ region: "us-east-1", endpoint, ...testCredentials });
    const { Events } = (await client["lookupEvents"]?.({ MaxResults: 3 }).promise()) ?? {};
    expect(Events?.map(({ EventTime }) => EventTime instanceof Date)).toEqual([true, true, true]);
    const error = await failure(client["getTrail"]?.({ Name: "audit" }).promise() ?? Promise.resolve());
    expect(error).toMatchObject({ code: "TrailNotFoundException", statusCode: 404 });
    expect(requests.map(({ headers }) => headers["x-amz-target"])).toEqual([
      "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
      "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrail",
    ]);
  });
});
