import { CloudTrailClient, GetTrailCommand, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { credentials, region } from "../support/settings.mjs";

/** @type {import("../support/types.d.ts").Contestant["open"]} */
export function open(endpoint) {
  const client = new CloudTrailClient({ region, credentials, endpoint });
  return {
    getTrail: () => client.send(new GetTrailCommand({ Name: "audit" })),
    lookupEvents: () => client.send(new LookupEventsCommand({ MaxResults: 50 })),
    close: async () => client.destroy(),
  };
}
