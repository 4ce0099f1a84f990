// A local CloudTrail that fails at random, in its own process. Sends its address to its parent, responds to a message with
// the number of received requests, and ends with its parent.
import { startLocalService } from "@clientsmith/runtime/testing";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { random } from "./random.mjs";

/** @import { Fault } from "@clientsmith/runtime/testing" */

const next = random(Number(process.argv[2]));
const html = { "content-type": "text/html" };

/** @type {(() => Fault)[]} */
const faults = [
  () => ({ delay: next() * 100 }),
  () => ({ delay: next() * 3_000 }),
  () => ({ delay: 60_000 }),
  () => ({ error: { name: "ThrottlingException", status: 400 } }),
  () => ({ error: { name: "SlowDown", status: 429 } }),
  () => ({ error: { name: "InternalFailure", status: 500 } }),
  () => ({ error: { name: "AccessDeniedException", status: 400 } }),
  () => ({ response: { status: 503, headers: html, body: "<html>" } }),
  () => ({ response: { status: 500 } }),
  () => ({ response: { status: 200, body: '{"Trails":[' } }),
  () => ({ response: { status: 307, headers: { location: "http://localhost:1/" } } }),
  () => ({ response: { status: 503, headers: { ...html, "retry-after": "1" } } }),
  () => ({ cut: { at: "before-headers", by: "reset" } }),
  () => ({ cut: { at: "before-headers", by: "end" } }),
  () => ({ cut: { at: "after-headers", by: "reset" } }),
  () => ({ cut: { at: "mid-body", by: "end" } }),
  () => ({ cut: { at: "mid-body", by: "reset" } }),
  () => ({ cut: { at: "after-headers", by: "stall" } }),
  () => ({ cut: { at: "mid-body", by: "stall" } }),
];

let requests = 0;
const service = await startLocalService({
  service: CloudTrailModel,
  handlers: { listTrails: () => ({ Trails: [] }) },
  faults: () => {
    requests++;
    return next() < 0.6 ? undefined : faults[Math.floor(next() * faults.length)]?.();
  },
  onRequest: () => {},
});
process.send?.(service.endpoint);
process.on("message", () => process.send?.(requests));
process.on("disconnect", () => process.exit());
