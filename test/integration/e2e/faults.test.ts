import {
  createTrail,
  listTrails,
  lookupEvents,
  paginateLookupEvents,
  ThrottlingException,
} from "@clientsmith/cloudtrail";
import { ConnectionError, ServiceError, TimeoutError, UnexpectedResponseError } from "@clientsmith/runtime";
import type { Fault } from "@clientsmith/runtime/testing";
import { describe, expect, it } from "vitest";
import { failure, startCloudTrail } from "./support/cloudtrail.js";

/** Gives one fault a request, in order; nothing once they are used up. */
function queue(...faults: Fault[]): () => Fault | undefined {
  return () => faults.shift();
}

const throttled: Fault = { error: { name: "ThrottlingException", status: 400, message: "Rate exceeded" } };
const page: Fault = {
  response: { status: 503, headers: { "content-type": "text/html" }, body: "<html>\n<h1>Service Unavailable</h1>" },
};

describe("what passes is retried", () => {
  it.each<[string, Fault]>([
    ["a throttle", throttled],
    ["a modelled throttle", { error: new ThrottlingException({ message: "slow down" }) }],
    ["an internal failure", { error: { name: "InternalFailure", status: 500 } }],
    ["a proxy's page", page],
    ["a reset before the headers", { cut: { at: "before-headers", by: "reset" } }],
    ["an end before the headers", { cut: { at: "before-headers", by: "end" } }],
    ["a reset after the headers", { cut: { at: "after-headers", by: "reset" } }],
    ["a reset in the body", { cut: { at: "mid-body", by: "reset" } }],
    ["a truncated body", { cut: { at: "mid-body", by: "end" } }],
  ])("%s", async (_what, fault) => {
    const { client, service } = await startCloudTrail({ faults: queue(fault) });
    const { Trails, $metadata } = await listTrails(client);
    expect(Trails).toEqual([]);
    expect($metadata).toMatchObject({ status: 200, attempts: 2 });
    expect(service.requests).toHaveLength(2);
  });

  it("cleans an error's name of what would break a line of a log", async () => {
    const lines: string[] = [];
    const logger = { debug: () => {}, info: (line: string) => lines.push(line), warn: () => {}, error: () => {} };
    const body = JSON.stringify({ __type: `a\nb\u0000\u2028${"c".repeat(1_000)}` });
    const headers = { "content-type": "application/x-amz-json-1.1" };
    const { client } = await startCloudTrail({
      faults: () => ({ response: { status: 400, headers, body } }),
      client: { logger },
    });
    const error = await failure(listTrails(client));
    expect(error).toMatchObject({ code: "Service", name: expect.stringMatching(/^a b {2}c{195}$/) as string });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/\p{Cc}/u);
  });

  it("twice, with a fresh signature each time", async () => {
    const { client, service } = await startCloudTrail({ faults: queue(page, page), client: { maxAttempts: 3 } });
    const before = performance.now();
    const { $metadata } = await listTrails(client);
    expect($metadata.attempts).toBe(3);
    expect($metadata.totalRetryDelay).toBeLessThanOrEqual(performance.now() - before);
    expect(service.requests.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it("in the midst of pages, of which none is lost", async () => {
    const { client, service } = await startCloudTrail({
      events: 500,
      faults: ({ number }) => (number % 4 === 0 ? { cut: { at: "mid-body", by: "reset" } } : undefined),
    });
    const ids = new Set<string | undefined>();
    for await (const { EventId } of paginateLookupEvents(client).items()) ids.add(EventId);
    expect(ids.size).toBe(500);
    expect(service.requests.length).toBe(13);
  });
});

describe("what does not pass ends in an error that reports what happened", () => {
  it("a throttle, after as many requests as are allowed", async () => {
    const { client, service } = await startCloudTrail({ faults: () => throttled, client: { maxAttempts: 2 } });
    const error = await failure(lookupEvents(client));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({
      name: "ThrottlingException",
      message: "Rate exceeded",
      throttling: true,
      retryable: true,
      attempts: 2,
      operation: "LookupEvents",
    });
    expect(service.requests).toHaveLength(2);
  });

  it("a proxy's page, without a parser's words", async () => {
    const { client } = await startCloudTrail({ faults: () => page, client: { maxAttempts: 1 } });
    const error = await failure(listTrails(client));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ status: 503, contentType: "text/html", attempts: 1 });
    expect((error as UnexpectedResponseError).excerpt).toContain("<h1>Service Unavailable</h1>");
  });

  it.each<[string, Fault]>([
    ["a reset", { cut: { at: "before-headers", by: "reset" } }],
    ["a truncated body", { cut: { at: "mid-body", by: "end" } }],
  ])("%s", async (_what, fault) => {
    const { client, service } = await startCloudTrail({ faults: () => fault, client: { maxAttempts: 2 } });
    const error = await failure(listTrails(client));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ attempts: 2, operation: "ListTrails" });
    expect(service.requests).toHaveLength(2);
  });

  it.each<[string, Fault, object]>([
    ["headers", { delay: 5_000 }, { headersTimeout: 60 }],
    ["body", { cut: { at: "mid-body", by: "stall" } }, { bodyTimeout: 60 }],
    ["deadline", { delay: 5_000 }, { deadline: 60 }],
  ])("silence: the %s limit", async (phase, fault, limits) => {
    const { client } = await startCloudTrail({ faults: () => fault });
    const before = performance.now();
    const error = await failure(listTrails(client, {}, { ...limits, maxAttempts: 1 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase, limit: 60 });
    expect(performance.now() - before).toBeLessThan(4_000);
  });

  it("200 with something that is no JSON", async () => {
    const response = { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: '{"Trails":[' };
    const { client, service } = await startCloudTrail({ faults: () => ({ response }) });
    const error = await failure(listTrails(client));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ status: 200 });
    expect(service.requests.length).toBe(1);
  });

  it("an error that no retry corrects, at once", async () => {
    const fault = { error: { name: "AccessDeniedException", status: 400, message: "not authorized" } };
    const { client, service } = await startCloudTrail({ faults: () => fault });
    const error = await failure(createTrail(client, { Name: "audit", S3BucketName: "example-logs" }));
    expect(error).toMatchObject({ name: "AccessDeniedException", attempts: 1, retryable: false, throttling: false });
    expect(service.requests).toHaveLength(1);
  });

  it("no server", async () => {
    const { client, service } = await startCloudTrail({ client: { maxAttempts: 1 } });
    await service.close();
    const error = await failure(listTrails(client));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ systemCode: "ECONNREFUSED" });
  });
});

describe("an abort", () => {
  it("before the call sends nothing", async () => {
    const { client, service } = await startCloudTrail();
    const reason = new Error("no more");
    const error = await failure(listTrails(client, {}, { signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: "Aborted", cause: reason });
    expect(service.requests).toHaveLength(0);
  });

  it("during the call ends it and its request", async () => {
    const { client, service } = await startCloudTrail({ faults: () => ({ delay: 5_000 }) });
    const controller = new AbortController();
    const call = failure(listTrails(client, {}, { signal: controller.signal }));
    await expect.poll(() => service.requests.length).toBe(1);
    controller.abort(new Error("no more"));
    expect(await call).toMatchObject({ code: "Aborted", attempts: 1 });
    expect(service.requests[0]?.status).toBeUndefined();
  });
});
