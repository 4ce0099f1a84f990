// Processor time of one call in the process of the client.
import { startContestant, startServer } from "./support/contestant.mjs";
import { median, round } from "./support/numbers.mjs";

/** @import { Bench, Goal, Operation, Row } from "./support/types.d.ts" */

const names = ["floor", "clientsmith", "v3"];
const rounds = 15;

/** @type {Record<Operation, { title: string, calls: number, warmUp: number, ofFloor: number, ofV3: number }>} */
const operations = {
  getTrail: { title: "GetTrail", calls: 3000, warmUp: 12_000, ofFloor: 1.6, ofV3: 1 / 5 },
  lookupEvents: { title: "LookupEvents, 50 events", calls: 1000, warmUp: 4000, ofFloor: 1.35, ofV3: 1 / 3 },
};

/** @type {Bench} */
export const bench = {
  title: "Processor time of a call, in microseconds (16 calls in flight, loopback, warm)",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    const server = await startServer();
    const contestants = names.map((name) => startContestant(name, server.endpoint));
    for (const operation of /** @type {Operation[]} */ (Object.keys(operations))) {
      const { title, calls, warmUp, ofFloor, ofV3 } = operations[operation];
      for (const contestant of contestants) await contestant.round(operation, warmUp);
      /** @type {Record<string, number>[]} */
      const measured = [];
      for (let index = 0; index < rounds; index++) {
        /** @type {Record<string, number>} */
        const costs = {};
        for (const contestant of contestants) costs[contestant.name] = (await contestant.round(operation, calls)).cpu;
        measured.push(costs);
      }
      // Ratios are taken within a round, whose contestants ran in the same conditions, and then their median.
      const ratio = (/** @type {string} */ name, /** @type {string} */ base) =>
        round(median(measured.map((costs) => (costs[name] ?? 0) / (costs[base] ?? 0))), 3);
      for (const name of names) {
        const costs = measured.map((all) => all[name] ?? 0);
        rows.push({
          operation: title,
          client: name,
          µs: round(median(costs)),
          least: round(Math.min(...costs)),
          "of floor": ratio(name, "floor"),
          "of v3": ratio(name, "v3"),
        });
      }
      goals.push(
        { what: `${title}: times the floor`, value: ratio("clientsmith", "floor"), limit: ofFloor },
        { what: `${title}: part of v3`, value: ratio("clientsmith", "v3"), limit: round(ofV3, 3) },
      );
    }
    for (const contestant of contestants) await contestant.stop();
    server.stop();
    return { rows, goals };
  },
};
