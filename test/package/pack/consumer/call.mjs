// What a user's first program does, against a server of its own.
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { CloudTrailClient, getTrail, lookupEvents as fromRoot, TrailNotFoundException } from "@clientsmith/cloudtrail";
import { lookupEvents, paginateLookupEvents } from "@clientsmith/cloudtrail/lookupEvents";

const targets = [];
const responses = [
  [200, { Events: [{ EventId: "1", EventTime: 1_700_000_000 }], NextToken: "more" }],
  [200, { Events: [{ EventId: "2" }] }],
  [404, { __type: "TrailNotFoundException", message: "Unknown trail" }],
];
const server = createServer((request, response) => {
  targets.push(request.headers["x-amz-target"]);
  const [status, body] = responses.shift();
  request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(body)));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const client = new CloudTrailClient({
  region: "us-east-1",
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
});
const events = [];
for await (const event of paginateLookupEvents(client, { MaxResults: 1 }).items()) events.push(event.EventId);
const error = await getTrail(client, { Name: "audit" }).catch((failure) =>
  failure instanceof TrailNotFoundException ? failure.name : String(failure),
);
await client.close();
server.close();
writeFileSync("results.json", JSON.stringify({ isSameFunction: lookupEvents === fromRoot, targets, events, error }));
