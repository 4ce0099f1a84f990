// Makes calls at a constant rate and reports its memory to its parent after each part of them. Needs --expose-gc.
import { getEventListeners } from "node:events";
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { credentials, region } from "./settings.mjs";

const [endpoint = "", calls = "", rate = "", part = ""] = process.argv.slice(2);
const client = new CloudTrailClient({ region, credentials, endpoint });
const { signal } = new AbortController();
const options = { signal, deadline: 30_000 };

let made = 0;
let settled = 0;
let failed = 0;
let mostListeners = 0;
let mostSockets = 0;
const countSockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP")).length;

const startedAt = performance.now();
/** @type {() => void} */
let onSettled = () => {};
const all = new Promise((resolve) => {
  onSettled = () => {
    settled++;
    if (settled % Number(part) === 0) sample();
    if (settled === Number(calls)) resolve(undefined);
  };
});
const onFailed = () => {
  failed++;
  onSettled();
};
// As many as are due since the start, so that the rate is constant even if the timer is late. If the machine is too slow, at
// most this number is in flight, because otherwise the queue would grow.
const most = 256;
const timer = setInterval(() => {
  const due = Math.min(Number(calls), Math.floor(((performance.now() - startedAt) / 1000) * Number(rate)));
  for (; made < due && made - settled < most; made++)
    getTrail(client, { Name: "audit" }, options).then(onSettled, onFailed);
  if (made === Number(calls)) clearInterval(timer);
}, 5);
await all;
const seconds = (performance.now() - startedAt) / 1000;
const listeners = getEventListeners(signal, "abort").length;
await client.close();
setTimeout(() => {
  process.send?.({ end: { seconds, failed, listeners, mostListeners, mostSockets, sockets: countSockets() } });
  process.disconnect?.();
}, 100);

function sample() {
  mostListeners = Math.max(mostListeners, getEventListeners(signal, "abort").length);
  mostSockets = Math.max(mostSockets, countSockets());
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({
    sample: { calls: settled, rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20, inFlight: made - settled },
  });
}
