// Makes calls that its parent requests, and reports their cost.
const [, , name = "", endpoint = "", scenario = "", variant = ""] = process.argv;

/** Calls in flight. */
const concurrency = scenario === "" ? 16 : 8;

const contestant = await import(`../contestants/${name}.mjs`);
const calls = await contestant.open(endpoint, scenario, variant);

process.on("message", async (/** @type {{ operation: string, calls: number }} */ job) => {
  const call = calls[job.operation];
  let left = job.calls;
  const run = async () => {
    while (left-- > 0) await call();
  };
  // As in a process that has run for a while: V8 sets its limits when it collects the whole heap. Where it never did, chance
  // decides which contestant has to during a round, and that costs as much as a megabyte of body.
  globalThis.gc?.();
  const startedAt = process.hrtime.bigint();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, run));
  const { user, system } = process.cpuUsage(before);
  const wall = Number(process.hrtime.bigint() - startedAt) / 1000;
  process.send?.({ cpu: (user + system) / job.calls, wall: wall / job.calls });
});
process.on("disconnect", () => calls.close());
