// As a short-lived function uses it: over Node's own HTTP client.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { createNodeHttpTransport } from "@clientsmith/runtime/transport/node-http";
import { credentials, region } from "../support/settings.mjs";

/** @param {string} endpoint */
export function open(endpoint) {
  const transport = createNodeHttpTransport();
  const client = new CloudTrailClient({ region, credentials, endpoint, transport });
  return { getTrail: () => getTrail(client, { Name: "audit" }), close: () => transport.close() };
}
