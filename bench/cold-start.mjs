// From the import of a client to its first response, each time in a fresh process.
import { fork } from "node:child_process";
import { once } from "node:events";
import { startServer } from "./support/contestant.mjs";
import { median, round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

const names = ["floor", "clientsmith-one-operation", "fetch-floor", "clientsmith-fetch", "clientsmith-undici", "v3"];
const rounds = 15;

/** @type {Bench} */
export const bench = {
  title: "Cold start, import to first response, in milliseconds (plain Node, not bundled)",
  async run() {
    const server = await startServer();
    const runs = names.map((name) => ({ name, times: /** @type {Times[]} */ ([]) }));
    // The first run of each fills the cache of the file system and is not counted.
    for (let index = -1; index < rounds; index++) {
      for (const { name, times } of runs) {
        const time = await firstCall(name, server.endpoint);
        if (index >= 0) times.push(time);
      }
    }
    server.stop();
    const responded = Object.fromEntries(
      runs.map(({ name, times }) => [name, median(times.map((time) => time.responded))]),
    );
    const { floor = 0, "clientsmith-one-operation": ours = 0, v3 = 0 } = responded;
    const { "fetch-floor": fetchFloor = 0, "clientsmith-fetch": onFetch = 0 } = responded;
    const rows = runs.map(({ name, times }) => ({
      client: name,
      import: round(median(times.map((time) => time.imported)), 1),
      "first response": round(responded[name] ?? 0, 1),
      least: round(Math.min(...times.map((time) => time.responded)), 1),
      "of v3": round((responded[name] ?? 0) / v3, 2),
    }));
    const goals = [
      { what: "cold start: part of v3", value: round(ours / v3, 2), limit: 0.5 },
      { what: "cold start: ms above the floor", value: round(ours - floor, 1), limit: 20 },
      { what: "cold start on fetch: ms above fetch", value: round(onFetch - fetchFloor, 1), limit: 15 },
    ];
    return { rows, goals };
  },
};

/** @typedef {{ imported: number, responded: number }} Times */

/**
 * @param {string} name
 * @param {string} endpoint
 * @returns {Promise<Times>}
 */
async function firstCall(name, endpoint) {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const child = fork(new URL("support/first-call.mjs", import.meta.url), [name, endpoint], { env });
  const exit = once(child, "exit");
  const message = new Promise((resolve) => child.once("message", resolve));
  const outcome = await Promise.race([message, exit]);
  if (Array.isArray(outcome)) throw new Error(`${name} ended with exit code ${outcome[0]}`);
  await exit;
  return outcome;
}
