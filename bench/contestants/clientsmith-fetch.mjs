// As in a program for any platform: over the `fetch` of the platform.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { credentials, region } from "../support/settings.mjs";

/** @param {string} endpoint */
export function open(endpoint) {
  const transport = createFetchTransport();
  const client = new CloudTrailClient({ region, credentials, endpoint, transport });
  return { getTrail: () => getTrail(client, { Name: "audit" }), close: () => transport.close() };
}
