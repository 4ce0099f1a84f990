// Where the processor time of the calls over all protocols goes.
import { makeClients } from "./support/clients.mjs";
import { startServer } from "./support/contestant.mjs";
import { round } from "./support/numbers.mjs";
import { sample } from "./support/sampling.mjs";
import { scenarios } from "./support/scenarios.mjs";

/** @import { Bench, Row } from "./support/types.d.ts" */

/** Columns, and what groups of the samples they contain. The remaining groups are the last column. */
const columns = {
  "reading, writing": /^clientsmith: (protocols|schema|text|time|errors)$/,
  validation: /^clientsmith: validate$/,
  "signing, checksums": /^(clientsmith: (signing|auth|checksums)|Node: crypto)$/,
  "other stages": /^clientsmith: /,
  "HTTP: undici, Node, kernel": /^(undici|Node: )/,
  "garbage collector": /^garbage collector$/,
};

/** @type {Bench} */
export const bench = {
  title: "Where the processor time of the calls over all protocols goes, in percent (sampled, 8 in flight, warm)",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    if (!(await makeClients())) return { rows, goals: [] };
    for (const [name, { title, calls, sends, reads }] of Object.entries(scenarios)) {
      const server = await startServer(name);
      const times = await sample("protocols/clientsmith", server.endpoint, {
        operation: "call",
        warmUp: sends || reads ? 60 : 2000,
        calls: 8 * calls,
        scenario: [name, ""],
      });
      server.stop();
      rows.push({ call: title, ...shares(times) });
    }
    return { rows, goals: [] };
  },
};

/** @param {Map<string, number>} times */
function shares(times) {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const left = new Map(times);
  /** @type {Row} */
  const row = {};
  for (const [column, groups] of Object.entries(columns)) {
    let time = 0;
    for (const [group, of] of left) {
      if (!groups.test(group)) continue;
      time += of;
      left.delete(group);
    }
    row[column] = round((100 * time) / total, 0);
  }
  row["the caller"] = round((100 * [...left.values()].reduce((sum, time) => sum + time, 0)) / total, 0);
  return row;
}
