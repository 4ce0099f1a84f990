// Makes calls of several scenarios in one process, and reports its memory after each part of them. Needs --expose-gc.
import { open } from "../contestants/protocols/clientsmith.mjs";

const [plan = "", calls = "", part = ""] = process.argv.slice(2);
/** @type {{ name: string, endpoint: string, share: number }[]} */
const scenarios = JSON.parse(plan);
const opened = await Promise.all(
  scenarios.map(async ({ name, endpoint, share }) => ({ share, contestant: await open(endpoint, name, "") })),
);
const mix = opened.flatMap(({ share, contestant }) => Array.from({ length: share }, () => contestant));

for (let made = 0; made < Number(calls);) {
  const end = made + Number(part);
  const run = async () => {
    // A step that is prime to the length, so that large calls are apart.
    while (made < end) await mix[(37 * made++) % mix.length]?.call();
  };
  await Promise.all(Array.from({ length: 8 }, run));
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({
    sample: { calls: made, rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20, external: external / 2 ** 20 },
  });
}
await Promise.all(opened.map(({ contestant }) => contestant.close()));
setTimeout(() => {
  process.send?.({ sockets: process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP")).length });
  process.disconnect?.();
}, 100);
