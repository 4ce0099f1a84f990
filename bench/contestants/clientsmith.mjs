import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { lookupEvents } from "@clientsmith/cloudtrail/lookupEvents";
import { credentials, region } from "../support/settings.mjs";

/** @type {import("../support/types.d.ts").Contestant["open"]} */
export function open(endpoint) {
  const client = new CloudTrailClient({ region, credentials, endpoint });
  return {
    getTrail: () => getTrail(client, { Name: "audit" }),
    lookupEvents: () => lookupEvents(client, { MaxResults: 50 }),
    close: () => client.close(),
  };
}
