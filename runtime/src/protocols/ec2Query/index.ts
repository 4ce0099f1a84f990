import { deferred } from "../deferred.js";
import type { Protocol } from "../protocol.js";

export const ec2Query: Protocol = /* @__PURE__ */ deferred(
  "aws.protocols#ec2Query",
  async () => (await import("./protocol.js")).ec2Query,
);
