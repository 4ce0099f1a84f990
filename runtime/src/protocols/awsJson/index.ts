import { lazyProtocol } from "../lazy.js";
import type { Protocol } from "../../schema/service.js";

export const awsJson1_0: Protocol = /* @__PURE__ */ lazyProtocol(
  "aws.protocols#awsJson1_0",
  async () => (await import("./protocol.js")).awsJson1_0,
);
export const awsJson1_1: Protocol = /* @__PURE__ */ lazyProtocol(
  "aws.protocols#awsJson1_1",
  async () => (await import("./protocol.js")).awsJson1_1,
);
