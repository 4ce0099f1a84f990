import { deferred } from "../deferred.js";
import type { Protocol } from "../protocol.js";

export const awsJson1_0: Protocol = /* @__PURE__ */ deferred(
  "aws.protocols#awsJson1_0",
  async () => (await import("./protocol.js")).awsJson1_0,
);
export const awsJson1_1: Protocol = /* @__PURE__ */ deferred(
  "aws.protocols#awsJson1_1",
  async () => (await import("./protocol.js")).awsJson1_1,
);
