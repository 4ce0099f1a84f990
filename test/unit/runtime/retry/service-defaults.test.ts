import { describe, expect, it, vi } from "vitest";
import { Client } from "#runtime/client/client.js";
import { invoke } from "#runtime/call/invoke.js";
import { StandardRetryStrategy } from "#runtime/retry/standard.js";
import type { HttpRequest, Transport } from "#runtime/schema/http.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import { putThing, service } from "../features/support.js";

/** A transport whose every response is an error of that status. */
function failing(status: number, requests: HttpRequest[]): Transport {
  return {
    send: async (request) => {
      requests.push(request);
      const headers = { "content-type": "application/x-amz-json-1.1" };
      return { status, headers, body: new TextEncoder().encode('{"__type":"Oops"}') };
    },
    close: async () => {},
  };
}

function clientOf(changes: Partial<Service>, requests: HttpRequest[], maxAttempts?: number): Client {
  return new Client(
    { ...service, ...changes },
    {
      region: "us-east-1",
      credentials: { accessKeyId: "AKID", secretAccessKey: "SECRET" },
      transport: failing(500, requests),
      ...(maxAttempts !== undefined && { maxAttempts }),
    },
  );
}

describe("the retry defaults of a service", () => {
  const retry = { maxAttempts: 4, transientBase: 1 };

  it("return the number of attempts, unless a client has its own", async () => {
    const attempts = async (maxAttempts?: number): Promise<number> => {
      const requests: HttpRequest[] = [];
      await expect(invoke(clientOf({ retry }, requests, maxAttempts), putThing, {})).rejects.toThrow("status 500");
      expect(requests[0]?.headers["amz-sdk-request"]).toBe(`attempt=1; max=${requests.length}`);
      return requests.length;
    };
    expect([await attempts(), await attempts(2)]).toEqual([4, 2]);
  });
});

describe("a long poll", () => {
  /** Milliseconds that a call with an empty quota takes. */
  async function failAt(operation: Operation): Promise<number> {
    const requests: HttpRequest[] = [];
    const client = clientOf({ retry: { maxAttempts: 4, transientBase: 20_000 } }, requests);
    const strategy = new StandardRetryStrategy();
    while (strategy.quota.take(5));
    client.context.retries = strategy;
    const controller = new AbortController();
    vi.spyOn(Math, "random").mockReturnValueOnce(0.5);
    setTimeout(() => controller.abort(), 200);
    const started = performance.now();
    await expect(invoke(client, operation, {}, { signal: controller.signal })).rejects.toThrow();
    expect(requests).toHaveLength(1);
    return performance.now() - started;
  }

  it("waits before it fails because the quota has run out; other calls fail at once", async () => {
    expect(await failAt(putThing)).toBeLessThan(150);
    expect(await failAt({ ...putThing, longPoll: true })).toBeGreaterThan(150);
  });
});
