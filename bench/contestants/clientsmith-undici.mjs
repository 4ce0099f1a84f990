// Over undici from the first request on.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { credentials, region } from "../support/settings.mjs";

/** @param {string} endpoint */
export function open(endpoint) {
  const transport = createUndiciTransport();
  const client = new CloudTrailClient({ region, credentials, endpoint, transport });
  return { getTrail: () => getTrail(client, { Name: "audit" }), close: () => transport.close() };
}
