import { deferred } from "../deferred.js";
import type { Protocol } from "../protocol.js";

export const restJson1: Protocol = /* @__PURE__ */ deferred(
  "aws.protocols#restJson1",
  async () => (await import("./protocol.js")).restJson1,
);
