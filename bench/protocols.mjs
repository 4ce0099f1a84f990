// Processor time of calls over all protocols in the process of the client.
import { makeClients } from "./support/clients.mjs";
import { startContestant, startServer } from "./support/contestant.mjs";
import { median, round } from "./support/numbers.mjs";
import { scenarios } from "./support/scenarios.mjs";

/** @import { Bench, Goal, Row, Scenario } from "./support/types.d.ts" */

const rounds = 5;
/**
 * Calls before those that count. The client sends over undici after 500, and V8 compiles that code for 2,000 more. Calls that
 * take long are warm sooner: they execute more of their code.
 */
const warmUp = { batch: 500, calls: 4000, seconds: 15 };
/** The same for large bodies, which change to undici earlier. */
const warmUpOfBodies = 60;

/** @type {Bench} */
export const bench = {
  title: "Processor time of calls over all protocols, in microseconds (8 calls in flight, loopback, warm)",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    if (!(await makeClients())) return { rows, goals };
    const only = process.env["CLIENTSMITH_SCENARIOS"]?.split(",");
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (only && !only.includes(name)) continue;
      const { row, ofFloor, ofV3 } = await measure(name, scenario);
      rows.push(row);
      // One after the other, as they take long.
      console.log(`${scenario.title}: ${ofFloor} of the floor, ${ofV3} of v3`);
      goals.push(
        { what: `${scenario.title}: times the floor`, value: ofFloor, limit: scenario.ofFloor },
        { what: `${scenario.title}: part of v3`, value: ofV3, limit: scenario.ofV3 },
      );
    }
    return { rows, goals };
  },
};

/**
 * @param {string} name
 * @param {Scenario} scenario
 */
async function measure(name, { title, floor, calls, sends, reads }) {
  const server = await startServer(name);
  const start = (/** @type {string} */ contestant, variant = "") => ({
    as: variant || contestant,
    worker: startContestant(`protocols/${contestant}`, server.endpoint, [], [name, variant]),
  });
  const variants = floor === "xml" ? ["saxes", "txml", "htmlparser2"] : [""];
  const contestants = [start("clientsmith"), start("v3"), ...variants.map((variant) => start("floor", variant))];
  for (const { worker } of contestants) {
    if (sends || reads) await worker.round("call", warmUpOfBodies);
    else await warm(worker);
  }
  for (const { worker } of contestants) await worker.round("call", calls);
  /** @type {Record<string, number>[]} */
  const measured = [];
  for (let index = 0; index < rounds; index++) {
    /** @type {Record<string, number>} */
    const costs = {};
    for (const { as, worker } of contestants) costs[as] = (await worker.round("call", calls)).cpu;
    measured.push(costs);
  }
  for (const { worker } of contestants) await worker.stop();
  server.stop();
  const cost = (/** @type {string} */ as) => median(measured.map((costs) => costs[as] ?? Number.NaN));
  // The one of several that is the fastest in most rounds.
  const [least = "floor"] = (floor === "xml" ? variants : ["floor"]).toSorted((one, other) => cost(one) - cost(other));
  // Ratios are taken within a round, whose contestants ran in the same conditions, and then their median.
  const ratio = (/** @type {string} */ base) =>
    round(median(measured.map((costs) => (costs["clientsmith"] ?? 0) / (costs[base] ?? 0))), 3);
  const [ofFloor, ofV3] = [ratio(least), ratio("v3")];
  const row = {
    call: title,
    clientsmith: round(cost("clientsmith")),
    v3: round(cost("v3")),
    floor: round(cost(least)),
    "floor is": floor === "xml" ? least : floors[floor],
    "of floor": ofFloor,
    "of v3": ofV3,
    // What a client would reach that costs nothing.
    "floor of v3": round(cost(least) / cost("v3"), 3),
  };
  return { row, ofFloor, ofV3 };
}

/** Two batches at least. @param {ReturnType<typeof startContestant>} worker */
async function warm(worker) {
  let seconds = 0;
  for (let made = 0; made < warmUp.calls && (seconds < warmUp.seconds || made <= warmUp.batch); made += warmUp.batch) {
    seconds += (await worker.round("call", warmUp.batch)).cpu * warmUp.batch * 1e-6;
  }
}

/** @type {Readonly<Record<Exclude<Scenario["floor"], "xml">, string>>} */
const floors = {
  cbor: "cborg",
  json: "undici, JSON",
  bytes: "undici",
  stream: "undici's stream",
  digests: "undici, digests",
  sending: "undici, a stream",
};
