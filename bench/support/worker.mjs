// Makes calls that its parent requests, and reports their cost.
const [, , name = "", endpoint = "", scenario = "", variant = ""] = process.argv;

/** Calls in flight. */
const concurrency = scenario === "" ? 16 : 8;

const contestant = await import(`../contestants/${name}.mjs`);
const calls = await contestant.open(endpoint, scenario, variant);

/** Before the first round. */
let isFresh = true;

process.on("message", async (/** @type {{ operation: string, calls: number }} */ job) => {
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
  if (isFresh) globalThis.gc?.();
  isFresh = false;
  process.send?.({ cpu: (user + system) / job.calls, wall: wall / job.calls });
});
process.on("disconnect", () => calls.close());
