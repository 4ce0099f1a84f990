import type { CloudTrailClientOptions } from "@clientsmith/cloudtrail/client";
type O = CloudTrailClientOptions;
export const each = (o: O) => ({ ...o, region: "eu-west-1" });
export const parts = (o: O) =>
  [o.credentials, o.endpoint, o.hooks, o.logger, o.transport, o.retryMode, o.validation, o.dispatcher] as const;
