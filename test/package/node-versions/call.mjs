// Runs in each version of Node: a call by `import`, and one by `require()` where Node can.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end(JSON.stringify({ Trail: { Name: "audit" } })));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const address = server.address();
assert(typeof address === "object" && address);

const options = {
  region: "us-east-1",
  endpoint: `http://127.0.0.1:${address.port}`,
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
};
const passed = [];

/** @param {string} way @param {CloudTrailClient} client @param {typeof getTrail} call */
async function ask(way, client, call) {
  const { Trail } = await call(client, { Name: "audit" });
  assert.equal(Trail?.Name, "audit");
  await client.close();
  passed.push(way);
}

await ask("import", new CloudTrailClient(options), getTrail);
const overFetch = createFetchTransport();
await ask("fetch", new CloudTrailClient({ ...options, transport: overFetch }), getTrail);
await overFetch.close();
const overUndici = createUndiciTransport();
await ask("undici", new CloudTrailClient({ ...options, transport: overUndici }), getTrail);
await overUndici.close();
if (process.features.require_module) {
  const required = createRequire(import.meta.url)("@clientsmith/cloudtrail");
  await ask("require", new required.CloudTrailClient(options), required.getTrail);
}
server.close();
console.log(passed.join(", "));
