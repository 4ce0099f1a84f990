import {
  CloudTrail,
  CloudTrailClient,
  type CloudTrailClientOptions,
  getTrail,
  paginateLookupEvents,
  validateGetTrailRequest,
  getTrail$,
} from "@clientsmith/cloudtrail";
import { CloudTrailClient as Client2 } from "@clientsmith/cloudtrail/client";
import type { CloudTrailClientOptions as O } from "@clientsmith/cloudtrail/client";
export const trail = (client: CloudTrailClient) => getTrail(client, { Name: "audit" });
export const pages = (client: CloudTrailClient) => paginateLookupEvents(client, {});
export const issues = (value: unknown) => validateGetTrailRequest(value);
export const metadata = async (client: CloudTrailClient) => (await getTrail(client, { Name: "a" })).$metadata;
export const hooks = (options: CloudTrailClientOptions) => options.hooks;
export const creds = (options: CloudTrailClientOptions) => options.credentials;
export const spread = (options: CloudTrailClientOptions) => ({ ...options, region: "eu-west-1" });
export const opts = (options: O) => options;
export const object = (c: CloudTrail) => c.getTrail({ Name: "a" });
export const bound = (c: CloudTrail) => c.paginateLookupEvents;
export const client = () => new Client2();
export const operation = () => getTrail$;
export class Own extends CloudTrailClient {}
