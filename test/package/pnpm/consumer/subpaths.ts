import type { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail, validateGetTrailRequest } from "@clientsmith/cloudtrail/getTrail";
import { paginateLookupEvents, lookupEvents } from "@clientsmith/cloudtrail/lookupEvents";
export const trail = (client: CloudTrailClient) => getTrail(client, { Name: "audit" });
export const pages = (client: CloudTrailClient) => paginateLookupEvents(client, {});
export const items = (client: CloudTrailClient) => paginateLookupEvents(client, {}).items();
export const issues = (value: unknown) => validateGetTrailRequest(value);
export const metadata = async (client: CloudTrailClient) => (await lookupEvents(client)).$metadata;
export const call = { trail: getTrail };
