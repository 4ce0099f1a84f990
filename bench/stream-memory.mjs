// Bytes held while a body of 64 MB is sent or read chunk by chunk.
import { makeClients } from "./support/clients.mjs";
import { startContestant, startServer } from "./support/contestant.mjs";
import { median } from "./support/numbers.mjs";
import { scenarios } from "./support/scenarios.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

/** The client sends its first 100 MB over `node:http`. What is named is measured; the calls before it warm up. */
const calls = {
  clientsmith: ["", "over node:http", "", "", "over undici"],
  v3: ["", "", "default"],
};

/** @type {Bench} */
export const bench = {
  title:
    "Bytes held while a body of 64 MB moves chunk by chunk (kB, one call at a time, sampled each 4 MB after a collection)",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    if (!(await makeClients())) return { rows, goals };
    for (const name of ["download", "upload"]) {
      const server = await startServer(name);
      for (const [client, names] of Object.entries(calls)) {
        const contestant = startContestant(`protocols/${client}`, server.endpoint, [], [name, ""]);
        for (const transport of names) {
          const samples = (await contestant.held()).map((bytes) => Math.round(bytes / 1000));
          if (transport === "") continue;
          const most = Math.max(...samples);
          rows.push({ call: scenarios[name]?.title ?? name, client, transport, median: median(samples), most });
          if (client === "clientsmith") goals.push({ what: `${name} ${transport}: most kB`, value: most, limit: 1000 });
        }
        await contestant.stop();
      }
      server.stop();
    }
    return { rows, goals };
  },
};
