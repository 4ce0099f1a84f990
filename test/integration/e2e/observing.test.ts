import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { getTrail, listTrails, TrailNotFoundException } from "@clientsmith/cloudtrail";
import type { ClientsmithError, Hooks } from "@clientsmith/runtime";
import { type Fault, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { failure, startCloudTrail } from "./support/cloudtrail.js";

const throttled = { error: { name: "ThrottlingException", status: 400, message: "Rate exceeded" } };

/** Hooks that record their arguments. */
function recorder(): { readonly reported: string[]; readonly hooks: Hooks } {
  const reported: string[] = [];
  const hooks: Hooks = {
    onRequest: ({ service, operation, request }) => void reported.push(`${service}.${operation} ${request.method}`),
    onSigned: ({ attempt, request }) => reported.push(`signed ${attempt} ${"authorization" in request.headers}`),
    onResponse: ({ attempt, response }) => reported.push(`response ${attempt} ${response.status}`),
    onRetry: ({ attempt, error, delay }) => reported.push(`retry ${attempt} ${(error as Error).name} ${delay >= 0}`),
    onComplete: ({ attempts, duration, error }) =>
      reported.push(`complete ${attempts} ${duration > 0} ${(error as Error | undefined)?.name}`),
  };
  return { reported, hooks };
}

describe("hooks", () => {
  it("are notified of a call in their order", async () => {
    const { reported, hooks } = recorder();
    const { client } = await startCloudTrail({
      faults: ({ number }) => (number === 1 ? throttled : undefined),
      client: { hooks },
    });
    await listTrails(client);
    expect(reported).toEqual([
      "CloudTrail.ListTrails POST",
      "signed 1 true",
      "response 1 400",
      "retry 1 ThrottlingException true",
      "signed 2 true",
      "response 2 200",
      "complete 2 true undefined",
    ]);
  });

  it("are notified of a call that fails, before anything is sent too", async () => {
    const { reported, hooks } = recorder();
    const { client } = await startCloudTrail({ client: { hooks } });
    await failure(getTrail(client, { Name: "absent" }));
    await failure(getTrail(client, {} as { Name: string }));
    expect(reported.slice(-2)).toEqual(["complete 1 true TrailNotFoundException", "complete 0 true ValidationError"]);
  });

  it("may add headers, which are signed", async () => {
    const { client, service } = await startCloudTrail({
      client: { hooks: { onRequest: () => ({ TraceParent: "00-1-2-01" }) } },
    });
    await listTrails(client);
    expect(service.requests[0]?.headers["traceparent"]).toBe("00-1-2-01");
    expect(service.requests[0]?.headers["authorization"]).toContain("traceparent");
  });

  it("that throw change nothing, but for onRequest, and are reported as a warning", async () => {
    const broken = new Error("broken hook");
    const fail = (): never => {
      throw broken;
    };
    const warnings: Error[] = [];
    const listener = (warning: Error): number => warnings.push(warning);
    process.on("warning", listener);
    onTestFinished(() => void process.removeListener("warning", listener));
    for (const name of ["onSigned", "onResponse", "onComplete", "onRetry"] as const) {
      for (const hook of [() => fail(), async () => fail()]) {
        const faults: Fault[] = [{ response: { status: 503 } }];
        const { client } = await startCloudTrail({ client: { hooks: { [name]: hook } }, faults: () => faults.shift() });
        expect((await listTrails(client)).$metadata.attempts).toBe(2);
        const missing = await failure(getTrail(client, { Name: "absent" }));
        expect(missing).toMatchObject({ name: "TrailNotFoundException" });
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings.map(({ message }) => /^hooks\.\w+ failed/.exec(message)?.[0])).toEqual([
      ...Array.from({ length: 2 }, () => "hooks.onSigned failed"),
      ...Array.from({ length: 2 }, () => "hooks.onResponse failed"),
      ...Array.from({ length: 2 }, () => "hooks.onComplete failed"),
      ...Array.from({ length: 2 }, () => "hooks.onRetry failed"),
    ]);
    const { client, service } = await startCloudTrail({ client: { hooks: { onRequest: fail } } });
    expect(await failure(listTrails(client))).toBe(broken);
    const late = await startCloudTrail({ client: { hooks: { onRequest: (async () => fail()) as never } } });
    expect(await failure(listTrails(late.client))).toMatchObject({ code: "Configuration" });
    expect(service.requests.length + late.service.requests.length).toBe(0);
  });

  it("and a logger that throws changes nothing either", async () => {
    const broken = (): never => {
      throw new Error("log disk full");
    };
    const logger = { debug: () => {}, info: broken, warn: () => {}, error: () => {} };
    const { client } = await startCloudTrail({ client: { logger } });
    expect((await listTrails(client)).Trails).toEqual([]);
    expect(await failure(getTrail(client, { Name: "absent" }))).toMatchObject({ name: "TrailNotFoundException" });
  });
});

describe("diagnostics channels", () => {
  it("carry the same events, each call with an object of its own", async () => {
    const events: [string, Record<string, unknown>][] = [];
    for (const name of ["request", "signed", "response", "retry", "complete"]) {
      const listener = (event: unknown): number => events.push([name, event as Record<string, unknown>]);
      subscribe(`clientsmith:${name}`, listener);
      onTestFinished(() => void unsubscribe(`clientsmith:${name}`, listener));
    }
    const { client } = await startCloudTrail();
    await listTrails(client);
    await listTrails(client);
    const names = ["request", "signed", "response", "complete"];
    expect(events.map(([name]) => name)).toEqual([...names, ...names]);
    expect(events[3]?.[1]).toMatchObject({ service: "CloudTrail", operation: "ListTrails", attempts: 1 });
    expect(new Set(events.map(([, { call }]) => call)).size).toBe(2);
  });
});

describe("explain", () => {
  it("reports how a call came to its error", async () => {
    const { client, service } = await startCloudTrail({ faults: () => throttled, client: { maxAttempts: 2 } });
    const error = (await failure(listTrails(client))) as ClientsmithError;
    const lines = error
      .explain()
      .replaceAll(/\d+ ms/g, "N ms")
      .split("\n");
    const date = /\d{4}-\d\d-\d\dT[\d:.]+Z/;
    const id = "00000000-0000-4000-8000-00000000000";
    const spent = "after N ms (preparing N ms, connect N ms, response N ms, body N ms)";
    expect(lines.map((line) => line.replace(date, "DATE"))).toEqual([
      "CloudTrail.ListTrails failed: ThrottlingException: Rate exceeded",
      `  request     POST ${service.endpoint}/`,
      "  signed      for cloudtrail in us-east-1, dated DATE (clock offset N ms)",
      `  credentials access key …${testCredentials.accessKeyId.slice(-4)}`,
      "  attempts    2, of at most 2, in N ms",
      `    1. ThrottlingException, status 400, request ${id}1, ${spent}; waited N ms`,
      `    2. ThrottlingException, status 400, request ${id}2, ${spent}`,
      "  before      N ms until the first attempt",
      "  then        the attempts are used up (option maxAttempts)",
    ]);
    expect(error.explain()).not.toContain(testCredentials.secretAccessKey);
  });

  it("reports that nothing was sent where nothing was", async () => {
    const { client } = await startCloudTrail();
    const error = (await failure(getTrail(client, {} as { Name: string }))) as ClientsmithError;
    expect(error.explain()).toMatch(/^CloudTrail\.GetTrail failed: ValidationError: /);
    expect(error.explain()).toMatch(/attempts {4}none: nothing was sent/);
  });

  it("of an error of no call reports what is known", () => {
    expect(new TrailNotFoundException({ message: "no trail" }).explain()).toBe("TrailNotFoundException: no trail");
  });
});
