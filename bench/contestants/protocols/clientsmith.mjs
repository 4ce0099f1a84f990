import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { clients } from "../../support/clients.mjs";
import { scenarios } from "../../support/scenarios.mjs";
import { credentials, region } from "../../support/settings.mjs";
import { chunksOf, readChunks } from "../../support/streams.mjs";

/** @type {import("../../support/types.d.ts").ScenarioContestant["open"]} */
export async function open(endpoint, name) {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`no scenario ${name}`);
  const { client: service, operation = name, input, sends, reads } = scenario;
  const load = (/** @type {string} */ path) => import(pathToFileURL(join(clients, service, "dist", `${path}.js`)).href);
  const module = await load("client");
  const [Client] = Object.entries(module)
    .filter(([key]) => key.endsWith("Client"))
    .map(([, value]) => value);
  const { [operation]: invoke } = await load(`operations/${operation}`);
  const client = new Client({ region, credentials, endpoint, ...(service === "s3" && { forcePathStyle: true }) });
  return {
    async call() {
      const output = await invoke(client, sends ? { ...input, Body: chunksOf(sends) } : input);
      if (reads) await readChunks(output.Body);
    },
    close: () => client.close(),
  };
}
