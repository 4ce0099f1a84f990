// Puts the official client to the faults of event streams from the service, each in a process of its own, and prints what
// became of it: node test/integration/faults/events-v3.mjs. The page docs/reliability.md has the outcomes. Lambda is the
// service, because its events come over HTTP/1.1. It needs test/compatibility/peers to be installed.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "../../..");
const file = join(root, ".cache/faults/events-table.mjs");
const [only] = process.argv.slice(2);

if (only === undefined) {
  const bundle = await rolldown({
    input: join(import.meta.dirname, "events-table.ts"),
    cwd: root,
    platform: "node",
    tsconfig: join(root, "tsconfig.json"),
    external: (id) => id.startsWith("node:") || /^undici(\/|$)/.test(id),
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
}

const { eventFaults } = await import(pathToFileURL(file).href);
if (only === undefined) {
  for (const { id, outcome } of eventFaults.filter(({ serve }) => serve)) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, id], {
      encoding: "utf8",
      timeout: 15_000,
      env: { ...process.env, EVENT_NAMES: "PayloadChunk", AWS_EC2_METADATA_DISABLED: "true" },
    });
    const ended =
      status === 0
        ? ""
        : ` · the process ended with ${status}: ${stderr.split("\n").find((line) => /Error/.test(line))}`;
    console.log(`${id} | ${outcome} | ${stdout.trim()}${ended}`);
  }
} else {
  const { serve } = eventFaults.find(({ id }) => id === only);
  await callLambda(serve);
}

/** @param {import("./server.js").Serve} serve */
async function callLambda(serve) {
  const { startServer } = await import(pathToFileURL(file).href);
  const require = createRequire(join(root, "test/compatibility/peers/package.json"));
  const { LambdaClient, InvokeWithResponseStreamCommand } = require("@aws-sdk/client-lambda");
  const server = await startServer(serve);
  const client = new LambdaClient({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${server.port}`,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true, socketTimeout: 500 },
  });
  let count = 0;
  const timer = setTimeout(() => finish(`${count} still waiting after 5 s`), 5_000);
  const finish = (/** @type {string} */ text) => {
    console.log(text);
    clearTimeout(timer);
    // Time for errors that are not awaited.
    setTimeout(() => process.exit(0), 500);
  };
  try {
    const { EventStream } = await client.send(new InvokeWithResponseStreamCommand({ FunctionName: "f" }));
    for await (const event of EventStream) count += event ? 1 : 0;
    finish(`${count} ended`);
  } catch (error) {
    finish(`${count} ${error.name}: ${String(error.message).split("\n")[0]}`);
  }
}
