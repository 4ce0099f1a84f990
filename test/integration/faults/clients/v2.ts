import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Contestant, Keys } from "./client.js";

interface Credentials {
  refresh(callback: (error?: unknown) => void): void;
}

interface Package {
  readonly Credentials: new (keys: Partial<Keys>) => Credentials;
  readonly CloudTrail: new (options: object) => {
    listTrails(input: object): { promise(): Promise<unknown>; abort(): void };
  };
}

const AWS = createRequire(resolve("test/compatibility/peers/package.json"))("aws-sdk") as Package;

/** Keys that a function gives, in the way of this client. */
function refreshing(provide: () => Promise<Keys>): Credentials {
  const credentials = new AWS.Credentials({});
  credentials.refresh = (callback) => {
    provide().then((keys) => {
      Object.assign(credentials, keys, { expired: false });
      callback();
    }, callback);
  };
  return credentials;
}

export const contestant: Contestant = {
  open({ endpoint, credentials, limits, lookup, maxConnections }) {
    const options = { keepAlive: true, ...(lookup && { lookup }), maxSockets: maxConnections ?? 50 };
    const agent = endpoint.startsWith("https:") ? new https.Agent(options) : new http.Agent(options);
    const client = new AWS.CloudTrail({
      endpoint,
      credentials: typeof credentials === "function" ? refreshing(credentials) : new AWS.Credentials(credentials),
      region: "us-east-1",
      maxRetries: 2,
      correctClockSkew: true,
      httpOptions: { connectTimeout: limits.connect, timeout: limits.response, agent },
    });
    return {
      call: async ({ signal, deadline }) => {
        const request = client.listTrails({});
        const abort = (): void => request.abort();
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort);
        const timer = deadline === undefined ? undefined : setTimeout(abort, deadline);
        try {
          return await request.promise();
        } finally {
          clearTimeout(timer);
        }
      },
      close: () => agent.destroy(),
    };
  },
  kindOf(error) {
    return error instanceof Error ? ((error as { code?: string }).code ?? error.name) : String(error);
  },
};
