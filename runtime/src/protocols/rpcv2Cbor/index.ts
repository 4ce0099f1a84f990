import { deferred } from "../deferred.js";
import type { Protocol } from "../protocol.js";

export const rpcv2Cbor: Protocol = /* @__PURE__ */ deferred(
  "smithy.protocols#rpcv2Cbor",
  async () => (await import("./protocol.js")).rpcv2Cbor,
);
