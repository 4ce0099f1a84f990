import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { listTrails } from "@clientsmith/cloudtrail/listTrails";
import { isClientsmithError, type Transport } from "@clientsmith/runtime";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { Agent } from "undici";
import type { Contestant, OpenClient, Setup } from "./client.js";

type CreateTransport = (options: Pick<Setup, "maxConnections" | "maxResponseSize">) => Transport;

/** The client as it is: few requests are sent over `node:http`, or over the dispatcher that it is given. */
export const asItIs = contestantOver(undefined);
export const overUndici = contestantOver(createUndiciTransport);
export const overFetch = contestantOver(createFetchTransport);

function contestantOver(createTransport: CreateTransport | undefined): Contestant {
  return {
    open: (setup) => open(setup, createTransport ?? (setup.fetch ? createFetchTransport : undefined)),
    kindOf(error) {
      if (!isClientsmithError(error)) return String(error);
      const { systemCode, phase, status } = error as { systemCode?: string; phase?: string; status?: number };
      return [error.name, systemCode ?? phase ?? status].filter((part) => part !== undefined).join(" ");
    },
  };
}

function open(setup: Setup, createTransport: CreateTransport | undefined): OpenClient {
  const { endpoint, credentials, limits, lookup, maxConnections, maxResponseSize, region } = setup;
  const agent = lookup && new Agent({ connect: { lookup } });
  const transport = createTransport?.({
    ...(maxConnections && { maxConnections }),
    ...(maxResponseSize && { maxResponseSize }),
  });
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
    ...(transport && { transport }),
  });
  return {
    call: (options) => listTrails(client, {}, options),
    close: async () => {
      await client.close();
      // Not closed by the client, since they are not the client's.
      await transport?.close();
      await agent?.destroy();
    },
  };
}
