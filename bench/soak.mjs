// Calls to a service that fails at random: each must settle once, and in time.
import { fork } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { listTrails } from "@clientsmith/cloudtrail/listTrails";
import { isClientsmithError } from "@clientsmith/runtime";
import { median, round } from "./support/numbers.mjs";
import { random } from "./support/random.mjs";
import { credentials, region } from "./support/settings.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

const seconds = Number(process.env["SOAK_SECONDS"] ?? 60);
const seed = Number(process.env["SOAK_SEED"] ?? 1);
/** Seconds at the start that lateness is not counted in: everything is loaded then. */
const warmUp = 2;
/** Calls in flight at a time: more than there are connections. */
const width = 60;
const maxConnections = 40;

/** @type {Bench} */
export const bench = {
  title: `Soak: ${seconds} s of calls with random faults (seed ${seed}), ${width} at a time over ${maxConnections} connections`,
  async run() {
    const service = fork(new URL("support/faulty-service.mjs", import.meta.url), [String(seed)]);
    const [endpoint] = await once(service, "message");
    const next = random(seed + 1);
    /** @type {unknown[]} */
    const unhandled = [];
    const onUnhandled = (/** @type {unknown} */ reason) => unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    const sockets = countSockets();

    /** How often each call was completed, by what the events of a call have in common. */
    const completions = new Map();
    let attempts = 0;
    const client = new CloudTrailClient({
      endpoint,
      region,
      credentials,
      maxConnections,
      connectTimeout: 1_000,
      headersTimeout: 1_500,
      bodyTimeout: 1_000,
      hooks: {
        onSigned: () => void attempts++,
        onComplete: ({ call }) => void completions.set(call, (completions.get(call) ?? 0) + 1),
      },
    });
    /** Shared by all calls that are not aborted. */
    const quiet = new AbortController().signal;
    /** @type {Map<string, number[]>} */
    const durations = new Map();
    let calls = 0;
    let settled = 0;
    let latest = 0;
    let latestOfAll = 0;
    const warmAt = performance.now() + warmUp * 1000;
    const endAt = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: width }, async () => {
        while (performance.now() < endAt) {
          calls++;
          const deadline = 50 + Math.floor(next() * 3_000);
          const controller = next() < 0.1 ? new AbortController() : undefined;
          const timer = controller && setTimeout(() => controller.abort(), next() * deadline);
          // The delay of a plain timer is caused by the load of the machine.
          let passedAt = Infinity;
          const control = setTimeout(() => (passedAt = performance.now()), deadline);
          const startedAt = performance.now();
          const outcome = await listTrails(client, {}, { deadline, signal: controller?.signal ?? quiet }).then(
            () => "answered",
            nameOf,
          );
          const settledAt = performance.now();
          const duration = settledAt - startedAt;
          clearTimeout(timer);
          clearTimeout(control);
          settled++;
          if (startedAt > warmAt) {
            latest = Math.max(latest, settledAt - passedAt);
            latestOfAll = Math.max(latestOfAll, duration - deadline);
          }
          const all = durations.get(outcome) ?? [];
          durations.set(outcome, all);
          all.push(duration);
        }
      }),
    );
    const requests = once(service, "message");
    service.send("count");
    const [received] = await requests;
    const listeners = getEventListeners(quiet, "abort").length;
    await client.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const left = countSockets() - sockets;
    process.off("unhandledRejection", onUnhandled);
    service.disconnect();

    /** @type {Row[]} */
    const rows = [...durations]
      .toSorted((one, other) => other[1].length - one[1].length)
      .map(([outcome, all]) => ({
        outcome,
        calls: all.length,
        "median ms": round(median(all)),
        "longest ms": round(all.reduce((most, each) => Math.max(most, each), 0)),
      }));
    const every = [...durations.values()].flat();
    const longest = every.reduce((most, duration) => Math.max(most, duration), 0);
    rows.push({ outcome: "all", calls, "median ms": round(median(every)), "longest ms": round(longest) });
    console.log(
      `  ${round(latestOfAll)} ms after the deadline at most, the lateness of this machine's timers included`,
    );
    /** @type {Goal[]} */
    const goals = [
      { what: "calls that did not settle", value: calls - settled, limit: 0 },
      {
        what: "calls not completed exactly once",
        value: Math.abs(calls - completions.size) + [...completions.values()].filter((times) => times !== 1).length,
        limit: 0,
      },
      { what: "latest settling after a timer of its deadline, ms", value: round(latest, 1), limit: 100 },
      { what: "requests received beyond those signed", value: Math.max(0, received - attempts), limit: 0 },
      { what: "unhandled rejections", value: unhandled.length, limit: 0 },
      { what: "listeners left on a shared signal", value: listeners, limit: 0 },
      { what: "sockets left after close", value: Math.max(0, left), limit: 0 },
    ];
    return { rows, goals };
  },
};

function countSockets() {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS|TCPConnect)/.test(name)).length;
}

/** @param {unknown} error */
function nameOf(error) {
  if (!isClientsmithError(error)) return `not ours: ${String(error)}`;
  const { phase } = /** @type {{ phase?: string }} */ (/** @type {unknown} */ (error));
  return phase === undefined ? error.name : `${error.name} (${phase})`;
}
