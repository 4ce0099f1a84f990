import { lazyProtocol } from "../lazy.js";
import type { Protocol } from "../../schema/service.js";

export const awsQuery: Protocol = /* @__PURE__ */ lazyProtocol(
  "aws.protocols#awsQuery",
  async () => (await import("./protocol.js")).awsQuery,
);
