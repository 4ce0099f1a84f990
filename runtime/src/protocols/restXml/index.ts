import { deferred } from "../deferred.js";
import type { Protocol } from "../protocol.js";

export const restXml: Protocol = /* @__PURE__ */ deferred(
  "aws.protocols#restXml",
  async () => (await import("./protocol.js")).restXml,
);
