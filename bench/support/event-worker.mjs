// Makes the calls with event streams that its parent requests, and reports their cost. Needs --expose-gc.
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { clients } from "./clients.mjs";
import { chunkSize, eventScenarios } from "./event-scenarios.mjs";
import { inUse } from "./held.mjs";
import { median } from "./numbers.mjs";
import { credentials, region } from "./settings.mjs";

const [, , contestant = "", endpoint = "", name = ""] = process.argv;
const scenario = eventScenarios[name];
if (!scenario) throw new Error(`no scenario ${name}`);
const { client: service, operation, events, input, output } = scenario;

/** @type {Readonly<Record<string, () => Promise<{ call(input: object): Promise<any>, close(): unknown }>>>} */
const open = {
  async clientsmith() {
    const load = (/** @type {string} */ path) =>
      import(pathToFileURL(join(clients, service, "dist", `${path}.js`)).href);
    const module = await load("client");
    const [, Client] = Object.entries(module).find(([key]) => key.endsWith("Client")) ?? [];
    const { [operation]: invoke } = await load(`operations/${operation}`);
    const client = new Client({ region, credentials, endpoint });
    return { call: (value) => invoke(client, value), close: () => client.close() };
  },
  async v3() {
    const module = await import(`@aws-sdk/client-${service === "transcribe" ? "transcribe-streaming" : service}`);
    const Client = module[service === "transcribe" ? "TranscribeStreamingClient" : "LambdaClient"];
    const Command = module[`${operation.charAt(0).toUpperCase()}${operation.slice(1)}Command`];
    const client = new Client({ region, credentials, endpoint });
    return { call: (value) => client.send(new Command(value)), close: () => client.destroy() };
  },
};
const { call, close } = (await open[contestant]?.()) ?? {};
if (!call || !close) throw new Error(`no client ${contestant}`);

async function* audio() {
  for (let index = 0; index < events; index++) yield { AudioEvent: { AudioChunk: Buffer.alloc(chunkSize, index) } };
}

/** @param {string} job what is measured */
async function run(job) {
  /** @type {unknown[]} */
  const kept = [];
  const before = job === "time" ? 0 : await inUse();
  /** @type {number[]} */
  const held = [];
  let count = 0;
  const startedAt = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  const result = await call?.(input(audio()));
  for await (const event of result[output]) {
    count++;
    if (job === "keep") kept.push(event);
    else if (job === "flow" && count % Math.ceil(events / 20) === 0) held.push((await inUse()) - before);
  }
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (count < events) throw new Error(`${count} of ${events} events`);
  const bytes = job === "keep" ? ((await inUse()) - before) / kept.length : median(held);
  return { perSecond: events / seconds, cpu: (user + system) / events, bytes };
}

process.on("message", async (/** @type {string} */ job) => process.send?.(await run(job)));
process.on("disconnect", () => void close());
