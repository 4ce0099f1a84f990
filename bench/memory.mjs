// Whether memory stays constant over many calls at a constant rate, and no listeners or sockets remain.
import { fork } from "node:child_process";
import { once } from "node:events";
import { startServer } from "./support/contestant.mjs";
import { round, slope } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */
/** @typedef {{ calls: number, rss: number, heap: number, inFlight: number }} Sample */
/** @typedef {{ seconds: number, failed: number, listeners: number, mostListeners: number, mostSockets: number, sockets: number }} End */

const calls = 200_000;
const rate = 2_000;
const part = 5_000;
/** Calls until the process has its shape: pools filled, code compiled. */
const warmUp = 50_000;

/** @type {Bench} */
export const bench = {
  title: `Memory over ${calls} calls at ${rate} a second (MiB, after a garbage collection)`,
  async run() {
    const server = await startServer();
    const args = [server.endpoint, calls, rate, part].map(String);
    const worker = fork(new URL("support/memory-worker.mjs", import.meta.url), args, { execArgv: ["--expose-gc"] });
    /** @type {Sample[]} */
    const samples = [];
    /** @type {End | undefined} */
    let end;
    worker.on("message", (/** @type {{ sample?: Sample, end?: End }} */ message) => {
      if (message.sample) samples.push(message.sample);
      end ??= message.end;
    });
    await once(worker, "exit");
    server.stop();
    if (!end) throw new Error("the process that makes the calls ended early");

    const warm = samples.filter((sample) => sample.calls > warmUp);
    /** @type {Row[]} */
    const rows = samples
      .filter((_sample, index) => index % 5 === 4 || index === 0)
      .map((sample) => ({
        calls: sample.calls,
        resident: round(sample.rss, 1),
        heap: round(sample.heap, 2),
        "in flight": sample.inFlight,
      }));
    /** @type {Goal[]} */
    const goals = [
      { what: "growth of resident memory after warm-up, MiB per 100,000 calls", value: slope(warm, "rss"), limit: 3 },
      { what: "growth of the heap after warm-up, MiB per 100,000 calls", value: slope(warm, "heap"), limit: 0.3 },
      { what: "calls that failed", value: end.failed, limit: 0 },
      { what: "seconds that it took", value: round(end.seconds, 1), limit: round((calls / rate) * 1.05, 1) },
      { what: "listeners on the shared signal at any time", value: end.mostListeners, limit: 1 },
      { what: "listeners left on it", value: end.listeners, limit: 0 },
      { what: "connections at any time", value: end.mostSockets, limit: 128 },
      { what: "sockets left after close", value: end.sockets, limit: 0 },
    ];
    return { rows, goals };
  },
};
