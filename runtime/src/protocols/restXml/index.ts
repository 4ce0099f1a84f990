import { lazyProtocol } from "../lazy.js";
import type { Protocol } from "../../schema/service.js";

export const restXml: Protocol = /* @__PURE__ */ lazyProtocol(
  "aws.protocols#restXml",
  async () => (await import("./protocol.js")).restXml,
);
