import { lazyProtocol } from "../lazy.js";
import type { Protocol } from "../../schema/service.js";

export const restJson1: Protocol = /* @__PURE__ */ lazyProtocol(
  "aws.protocols#restJson1",
  async () => (await import("./protocol.js")).restJson1,
);
