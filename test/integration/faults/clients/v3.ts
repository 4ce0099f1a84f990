import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Contestant } from "./client.js";

interface Package {
  readonly CloudTrailClient: new (options: object) => {
    send(command: object, options: object): Promise<unknown>;
    destroy(): void;
  };
  readonly ListTrailsCommand: new (input: object) => object;
}

const { CloudTrailClient, ListTrailsCommand } = createRequire(resolve("test/compatibility/peers/package.json"))(
  "@aws-sdk/client-cloudtrail",
) as Package;

export const contestant: Contestant = {
  open({ endpoint, credentials, limits, lookup, maxConnections, region }) {
    const agent = { keepAlive: true, ...(lookup && { lookup }), maxSockets: maxConnections ?? 50 };
    const client = new CloudTrailClient({
      endpoint,
      credentials,
      region: region ?? "us-east-1",
      maxAttempts: 3,
      requestHandler: {
        connectionTimeout: limits.connect,
        requestTimeout: limits.response,
        throwOnRequestTimeout: true,
        socketTimeout: limits.response,
        httpAgent: new http.Agent(agent),
        httpsAgent: new https.Agent(agent),
      },
    });
    return {
      call: ({ signal, deadline }) => {
        const abortSignal = deadline === undefined ? signal : AbortSignal.timeout(deadline);
        return client.send(new ListTrailsCommand({}), { abortSignal });
      },
      close: () => client.destroy(),
    };
  },
  kindOf(error) {
    if (!(error instanceof Error)) return String(error);
    const { code } = error as { code?: string };
    return code !== undefined && code !== error.name ? `${error.name} ${code}` : error.name;
  },
};
