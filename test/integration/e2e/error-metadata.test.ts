import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudTrailClient, type CloudTrailClientOptions, createTrail, listTrails } from "@clientsmith/cloudtrail";
import { type ClientsmithError, isClientsmithError } from "@clientsmith/runtime";
import { testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { closedPort } from "../faults/server.js";
import { failure } from "./support/cloudtrail.js";

const silent: RequestListener = () => {};

async function start(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientOf(endpoint: string, options: CloudTrailClientOptions = {}): CloudTrailClient {
  const client = new CloudTrailClient({ region: "us-east-1", endpoint, credentials: testCredentials, ...options });
  onTestFinished(() => client.close());
  return client;
}

async function errorOf(call: Promise<unknown>): Promise<ClientsmithError> {
  const error = await failure(call);
  if (!isClientsmithError(error)) throw error;
  expect(error.attempts).toBe(error.$metadata?.attempts);
  return error;
}

describe("$metadata of an error", () => {
  it("has attempts, delays, endpoint and clock offset where there was no response", async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    const error = await errorOf(listTrails(clientOf(endpoint, { systemClockOffset: 5, maxAttempts: 2 })));
    expect(error).toMatchObject({ code: "Connection" });
    expect(error.$metadata).toEqual({
      attempts: 2,
      totalRetryDelay: expect.any(Number) as number,
      endpoint,
      clockOffset: 5,
    });
  });

  it("keeps status and request id of a response that came before", async () => {
    let requests = 0;
    const endpoint = await start((_request, response) => {
      requests++;
      if (requests > 1) return;
      response.writeHead(503, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "one" });
      response.end('{"__type":"ServiceUnavailable"}');
    });
    const error = await errorOf(listTrails(clientOf(endpoint, { headersTimeout: 100, maxAttempts: 2 })));
    expect(error).toMatchObject({
      code: "Timeout",
      $metadata: { status: 503, requestId: "one", attempts: 2, endpoint },
    });
  });

  it("counts requests, not attempts that came to none", async () => {
    const endpoint = await start(silent);
    const noServer = async (): Promise<never> => {
      throw new Error("none");
    };
    const unsigned = await errorOf(listTrails(clientOf(endpoint, { credentials: noServer })));
    expect(unsigned).toMatchObject({ code: "Credentials", $metadata: { attempts: 0, totalRetryDelay: 0, endpoint } });
    expect(unsigned.explain()).toContain("none: nothing was sent");
    expect(await errorOf(createTrail(clientOf(endpoint), {} as never))).toMatchObject({
      code: "Validation",
      $metadata: { attempts: 0, totalRetryDelay: 0 },
    });
    const aborted = listTrails(clientOf(endpoint), {}, { signal: AbortSignal.abort() });
    expect(await errorOf(aborted)).toMatchObject({ code: "Aborted", attempts: 0 });
    const controller = new AbortController();
    const client = clientOf(endpoint, { hooks: { onRequest: () => controller.abort() } });
    expect(await errorOf(listTrails(client, {}, { signal: controller.signal }))).toMatchObject({ attempts: 0 });
  });

  it("has the clock offset that the request was signed with, and so does explain()", async () => {
    const endpoint = await start((_request, response) => {
      response.sendDate = false;
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      response.writeHead(400, { date, "content-type": "application/x-amz-json-1.1" });
      response.end('{"__type":"InvalidSignatureException"}');
    });
    const client = clientOf(endpoint, { maxAttempts: 1 });
    const error = await errorOf(listTrails(client));
    expect(error.$metadata?.clockOffset).toBe(0);
    expect(error.explain()).toContain("(clock offset 0 ms)");
    expect((await errorOf(listTrails(client))).$metadata?.clockOffset).toBeGreaterThan(3_500_000);
  });
});

describe("an input that is none", () => {
  it.each([null, 5, "text", [], new Date(), new Map(), Promise.resolve({})])("is rejected: %s", async (input) => {
    const client = clientOf(await start(silent), { validation: false });
    const error = await errorOf(listTrails(client, input as never, { deadline: 1_000 }));
    expect(error).toMatchObject({ code: "Validation", attempts: 0 });
    expect(error.message).toContain(
      "(input): must be an object with the members of ListTrailsRequest, but is of type ",
    );
    expect(error.message).not.toContain("text");
  });
});

describe("deadline", () => {
  it("is none where it is 0, of the call or of the client", async () => {
    const endpoint = await start((_request, response) => {
      setTimeout(() => response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end("{}"), 100);
    });
    await listTrails(clientOf(endpoint), {}, { deadline: 0 });
    await listTrails(clientOf(endpoint, { deadline: 50 }), {}, { deadline: 0 });
    expect(await failure(listTrails(clientOf(endpoint, { deadline: 50 })))).toMatchObject({ phase: "deadline" });
  });
});
