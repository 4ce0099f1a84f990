import { lazyProtocol } from "../lazy.js";
import type { Protocol } from "../../schema/service.js";

export const rpcv2Cbor: Protocol = /* @__PURE__ */ lazyProtocol(
  "smithy.protocols#rpcv2Cbor",
  async () => (await import("./protocol.js")).rpcv2Cbor,
);
