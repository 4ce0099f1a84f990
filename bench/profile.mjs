// Processor time of a GetTrail call by part of the code.
import { startServer } from "./support/contestant.mjs";
import { round } from "./support/numbers.mjs";
import { sample } from "./support/sampling.mjs";

/** @import { Bench } from "./support/types.d.ts" */

const job = /** @type {const} */ ({ operation: "getTrail", warmUp: 5000, calls: 27_000 });

/** @type {Bench} */
export const bench = {
  title: "Where the processor time of a GetTrail call goes (sampled; parts of 0.3 µs and more)",
  async run() {
    const [floor, ours] = [await sampled("floor"), await sampled("clientsmith")];
    const timeOf = (/** @type {string} */ group) => Math.max(ours.get(group) ?? 0, floor.get(group) ?? 0);
    const groups = [...new Set([...ours.keys(), ...floor.keys()])].filter((group) => timeOf(group) >= 0.3);
    const rows = groups
      .toSorted((left, right) => timeOf(right) - timeOf(left))
      .map((group) => ({
        part: group,
        "clientsmith µs": round(ours.get(group) ?? 0, 1),
        "floor µs": round(floor.get(group) ?? 0, 1),
      }));
    return { rows, goals: [] };
  },
};

/** @param {string} name */
async function sampled(name) {
  const server = await startServer();
  const times = await sample(name, server.endpoint, job);
  server.stop();
  return times;
}
