import { lazyProtocol } from "../lazy.js";
import type { Protocol } from "../../schema/service.js";

export const ec2Query: Protocol = /* @__PURE__ */ lazyProtocol(
  "aws.protocols#ec2Query",
  async () => (await import("./protocol.js")).ec2Query,
);
