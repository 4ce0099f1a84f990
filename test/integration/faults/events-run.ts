// A process of its own: puts clients over one transport to the faults of event streams that are named, prints what became
// of each on a line, and ends by itself.
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { createNodeHttpTransport } from "@clientsmith/runtime/transport/node-http";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { eventFaults } from "./events-table.js";

const open = { undici: createUndiciTransport, "node:http": createNodeHttpTransport, fetch: createFetchTransport };

const [name = "", ...ids] = process.argv.slice(2);
if (!(name in open)) throw new Error(`no transport is named ${name}`);

for (const { id, run } of eventFaults.filter((fault) => ids.includes(fault.id))) {
  const transport = open[name as keyof typeof open]();
  const { outcome, requests } = await run(transport);
  await transport.close();
  console.log(JSON.stringify({ id, outcome, requests }));
}
