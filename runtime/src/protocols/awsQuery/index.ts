import { deferred } from "../deferred.js";
import type { Protocol } from "../protocol.js";

export const awsQuery: Protocol = /* @__PURE__ */ deferred(
  "aws.protocols#awsQuery",
  async () => (await import("./protocol.js")).awsQuery,
);
