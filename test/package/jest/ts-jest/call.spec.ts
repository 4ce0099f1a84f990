import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { CloudTrailClient, TrailNotFoundException, getTrail } from "@clientsmith/cloudtrail";
import { lookupEvents } from "@clientsmith/cloudtrail/lookupEvents";
import { isServiceError } from "@clientsmith/runtime";

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const isFound = request.headers["x-amz-target"]?.toString().endsWith("LookupEvents") === true;
    response.statusCode = isFound ? 200 : 400;
    response.end(JSON.stringify(isFound ? { Events: [{ EventId: "1" }] } : { __type: "TrailNotFoundException" }));
  });
});
let client: CloudTrailClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  client = new CloudTrailClient({ region: "us-east-1", credentials, endpoint });
});
afterAll(async () => {
  await client.close();
  server.close();
});

test("a typed call returns its output and its modelled error", async () => {
  const { Events } = await lookupEvents(client, { MaxResults: 1 });
  const id: string | undefined = Events?.[0]?.EventId;
  expect(id).toBe("1");
  const error: unknown = await getTrail(client, { Name: "missing" }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TrailNotFoundException);
  expect(isServiceError(error) && error.status).toBe(400);
});
