// Events a second and bytes held, in the process of the client.
import { fork } from "node:child_process";
import { once } from "node:events";
import { makeStreamingClients } from "./support/clients.mjs";
import { eventScenarios } from "./support/event-scenarios.mjs";
import { median, round } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */
/** @typedef {{ perSecond: number, cpu: number, bytes: number }} Cost */

const rounds = 9;
/** Rounds before those that count. */
const warmUp = 2;

/** @type {Bench} */
export const bench = {
  title: "Event streams: events a second, and bytes held (one call at a time, loopback, warm)",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    if (!(await makeStreamingClients())) return { rows, goals };
    for (const [name, { title }] of Object.entries(eventScenarios)) {
      const { ours, v3, ofV3 } = await measure(name);
      for (const { contestant, perSecond, cpu, flow, kept } of [ours, v3]) {
        rows.push({
          events: title,
          client: contestant,
          "events/s": Math.round(perSecond),
          "µs of processor an event": round(cpu, 1),
          "kB held while streaming": Math.round(flow / 1000),
          "B held by a kept event": Math.round(kept),
        });
      }
      goals.push(
        { what: `${name}: processor time, part of v3`, value: ofV3, limit: 1 },
        { what: `${name}: kB held while streaming`, value: Math.round(ours.flow / 1000), limit: 1_000 },
        { what: `${name}: bytes held by a kept event, part of v3`, value: round(ours.kept / v3.kept, 2), limit: 1 },
      );
    }
    return { rows, goals };
  },
};

/** @param {string} scenario */
async function measure(scenario) {
  const server = fork(new URL("support/event-service.mjs", import.meta.url), [scenario]);
  const [endpoint] = await once(server, "message");
  const contestants = /** @type {const} */ (["clientsmith", "v3"]).map((contestant) =>
    start(contestant, endpoint, scenario),
  );
  for (let index = 0; index < warmUp; index++) for (const { run } of contestants) await run("time");
  /** @type {Cost[][]} */
  const costs = contestants.map(() => []);
  for (let index = 0; index < rounds; index++) {
    for (const [at, { run }] of contestants.entries()) costs[at]?.push(await run("time"));
  }
  const results = [];
  for (const [at, { contestant, run, stop }] of contestants.entries()) {
    const flow = (await run("flow")).bytes;
    const kept = (await run("keep")).bytes;
    const of = (/** @type {(cost: Cost) => number} */ part) => median((costs[at] ?? []).map(part));
    results.push({ contestant, perSecond: of((cost) => cost.perSecond), cpu: of((cost) => cost.cpu), flow, kept });
    await stop();
  }
  server.disconnect();
  const [ours, v3] = results;
  if (!ours || !v3) throw new Error("two contestants");
  // Ratios are taken within a round, whose contestants ran in the same conditions.
  const ratios = (costs[0] ?? []).flatMap(({ cpu }, at) => cpu / (costs[1]?.[at]?.cpu ?? Number.NaN));
  const ofV3 = round(median(ratios), 2);
  return { ours, v3, ofV3 };
}

/** @param {string} contestant @param {string} endpoint @param {string} scenario */
function start(contestant, endpoint, scenario) {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const worker = fork(new URL("support/event-worker.mjs", import.meta.url), [contestant, endpoint, scenario], {
    env,
    execArgv: ["--expose-gc"],
  });
  const exit = once(worker, "exit");
  return {
    contestant,
    /** @param {"time" | "flow" | "keep"} job @returns {Promise<Cost>} */
    async run(job) {
      worker.send(job);
      const result = await Promise.race([once(worker, "message"), exit]);
      if (typeof result[0] !== "object") throw new Error(`${contestant} ended with exit code ${result[0]}`);
      return result[0];
    },
    async stop() {
      worker.disconnect();
      await exit;
    },
  };
}
