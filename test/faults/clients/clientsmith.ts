import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { listTrails } from "@clientsmith/cloudtrail/listTrails";
import { isClientsmithError } from "@clientsmith/runtime";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { Agent } from "undici";
import type { Contestant } from "./client.js";

export const contestant: Contestant = {
  open({ endpoint, credentials, limits, lookup, maxConnections, maxResponseSize, clockOffset, fetch, region }) {
    const agent = lookup && new Agent({ connect: { lookup } });
    const client = new CloudTrailClient({
      endpoint,
      credentials,
      region: region ?? "us-east-1",
      maxAttempts: 3,
      connectTimeout: limits.connect,
      headersTimeout: limits.response,
      bodyTimeout: limits.response,
      proxy: false,
      ...(agent && { dispatcher: agent }),
      ...(maxConnections !== undefined && { maxConnections }),
      ...(maxResponseSize !== undefined && { maxResponseSize }),
      ...(clockOffset !== undefined && { systemClockOffset: clockOffset }),
      ...(fetch && { transport: createFetchTransport({ maxResponseSize }) }),
    });
    return {
      call: (options) => listTrails(client, {}, options),
      close: async () => {
        await client.close();
        // Not closed by the client, since it is not the client's.
        await agent?.destroy();
      },
    };
  },
  kindOf(error) {
    if (!isClientsmithError(error)) return String(error);
    const { systemCode, phase, status } = error as { systemCode?: string; phase?: string; status?: number };
    return [error.name, systemCode ?? phase ?? status].filter((part) => part !== undefined).join(" ");
  },
};
