// Makes calls that its parent requests, and reports their cost.
import { heldDuring } from "./held.mjs";
import { scenarios } from "./scenarios.mjs";

const [, , name = "", endpoint = "", scenario = "", variant = ""] = process.argv;

/** Calls in flight. */
const concurrency = scenario === "" ? 16 : 8;

const contestant = await import(`../contestants/${name}.mjs`);
const calls = await contestant.open(endpoint, scenario, variant);

/** Whether the heap is collected before the next round: before the first one, and always if large bodies are received. */
let collects = true;
const receivesMuch = (scenarios[scenario]?.response.body.length ?? 0) >= 1_000_000;

process.on("message", async (/** @type {{ operation: string, calls: number }} */ job) => {
  if (job.operation === "held") return void process.send?.(await heldDuring(calls["call"]));
  const call = calls[job.operation];
  let left = job.calls;
  const run = async () => {
    while (left-- > 0) await call();
  };
  const startedAt = process.hrtime.bigint();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, run));
  const { user, system } = process.cpuUsage(before);
  const wall = Number(process.hrtime.bigint() - startedAt) / 1000;
  // V8 sets its limits when it collects the whole heap, as every process does at some time. Where it never did, chance decides
  // which contestant has to during a round, and that costs as much as a megabyte of body.
  if (collects) globalThis.gc?.();
  collects = receivesMuch;
  process.send?.({ cpu: (user + system) / job.calls, wall: wall / job.calls });
});
process.on("disconnect", () => calls.close());
