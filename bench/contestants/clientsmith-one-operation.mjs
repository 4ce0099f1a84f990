// As in an application that calls one operation.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { credentials, region } from "../support/settings.mjs";

/** @param {string} endpoint */
export function open(endpoint) {
  const client = new CloudTrailClient({ region, credentials, endpoint });
  return { getTrail: () => getTrail(client, { Name: "audit" }), close: () => client.close() };
}
