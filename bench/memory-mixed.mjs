// Whether memory stays constant over calls of several services, protocols and sizes in one process.
import { fork } from "node:child_process";
import { once } from "node:events";
import { makeClients } from "./support/clients.mjs";
import { startServer } from "./support/contestant.mjs";
import { round, slope } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */
/** @typedef {{ calls: number, rss: number, heap: number, external: number }} Sample */

const calls = 100_000;
const part = 5_000;
/** Calls until the process has its shape: pools filled, code compiled. */
const warmUp = 30_000;

/**
 * How many of a hundred calls are which; the others are small.
 *
 * @type {Record<string, number>}
 */
const shares = {
  putItem: 40,
  invokeSmall: 30,
  receiveMessage: 18,
  scan: 5,
  listUsers: 3,
  metricsCbor: 1,
  listObjectsV2: 1,
  invoke: 1,
  putObject: 1,
};

/** @type {Bench} */
export const bench = {
  title: `Memory over ${calls} mixed calls, 8 in flight (MiB, after a garbage collection)`,
  async run() {
    if (!(await makeClients())) return { rows: [], goals: [] };
    const servers = await Promise.all(
      Object.keys(shares).map(async (name) => ({ name, server: await startServer(name) })),
    );
    const plan = servers.map(({ name, server }) => ({ name, endpoint: server.endpoint, share: shares[name] }));
    const args = [JSON.stringify(plan), String(calls), String(part)];
    const worker = fork(new URL("support/mixed-worker.mjs", import.meta.url), args, { execArgv: ["--expose-gc"] });
    /** @type {Sample[]} */
    const samples = [];
    let sockets = Number.NaN;
    worker.on("message", (/** @type {{ sample?: Sample, sockets?: number }} */ message) => {
      if (message.sample) samples.push(message.sample);
      sockets = message.sockets ?? sockets;
    });
    await once(worker, "exit");
    for (const { server } of servers) server.stop();
    const warm = samples.filter((sample) => sample.calls > warmUp);
    /** @type {Row[]} */
    const rows = samples
      .filter((sample) => sample.calls % 20_000 === 0)
      .map(({ calls: made, rss, heap, external }) => ({
        calls: made,
        resident: round(rss, 1),
        heap: round(heap, 2),
        external: round(external, 1),
      }));
    /** @type {Goal[]} */
    const goals = [
      { what: "growth of the heap after warm-up, MiB per 100,000 calls", value: slope(warm, "heap"), limit: 0.5 },
      { what: "growth of resident memory after warm-up, MiB per 100,000 calls", value: slope(warm, "rss"), limit: 10 },
      { what: "calls that were not made", value: calls - (samples.at(-1)?.calls ?? 0), limit: 0 },
      { what: "sockets left after close", value: sockets, limit: 0 },
    ];
    return { rows, goals };
  },
};
