import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { type Fault, type LocalService } from "#runtime/testing/index.js";
import { call, start, TooManyNotesException } from "../../unit/runtime/testing/support.js";

/** Sends an unsigned Ping on a socket of its own; what comes back, and how the connection ends, as the socket saw it. */
function rawPing({ endpoint }: LocalService): Promise<{ received: string; end: string }> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-amz-json-1.1\r\n" +
          "x-amz-target: Notes_20200101.Ping\r\ncontent-length: 2\r\n\r\n{}",
      );
    });
    const settle = (end: string) => {
      resolve({ received, end });
      socket.destroy();
    };
    socket.setTimeout(500, () => settle("silence"));
    socket.on("data", (data) => (received += data.toString()));
    socket.on("end", () => settle("end"));
    socket.on("error", (error: NodeJS.ErrnoException) => settle(error.code ?? "error"));
  });
}

describe("a fault", () => {
  const handlers = { ping: () => ({}), putNote: () => ({}) };

  it("can be an error instead of the handler's response, which is not asked", async () => {
    const queue: Fault[] = [
      { error: new TooManyNotesException({ message: "slow down" }) },
      { error: { name: "ThrottlingException", status: 429 } },
      { error: new Error("a bug") },
    ];
    let asked = 0;
    const local = await start({ handlers: { putNote: () => (asked++, {}) }, faults: () => queue.shift() });
    const responses = [];
    for (let count = 0; count < 4; count++) responses.push(await call(local.endpoint, "PutNote", { Id: "n1" }));
    expect(responses.map(({ status, json }) => [status, json["__type"]])).toEqual([
      [400, "TooManyNotesException"],
      [429, "ThrottlingException"],
      [500, "InternalFailure"],
      [200, undefined],
    ]);
    expect(asked).toBe(1);
    expect(local.errors).toHaveLength(1);
  });

  it("can be any response", async () => {
    const response = { status: 503, headers: { "content-type": "text/html" }, body: "<html>busy</html>" };
    const local = await start({ handlers, faults: () => ({ response }) });
    const { status, headers, text } = await call(local.endpoint, "Ping", {});
    expect([status, headers.get("content-type"), text]).toEqual([503, "text/html", "<html>busy</html>"]);
    expect(headers.get("x-amzn-requestid")).toBeNull();
    expect(local.requests[0]).toMatchObject({ status: 503, error: undefined });
  });

  it("can be a delay", async () => {
    const local = await start({ handlers, faults: () => ({ delay: 120 }) });
    const before = performance.now();
    expect((await call(local.endpoint, "Ping", {})).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(110);
  });

  it("is chosen by what is known of the request", async () => {
    const error = { name: "Busy", status: 503 };
    const local = await start({
      handlers,
      faults: ({ number, operation }) => (operation === "Ping" && number < 3 ? { error } : undefined),
    });
    const statuses = [];
    for (const operation of ["Ping", "PutNote", "Ping"]) {
      statuses.push((await call(local.endpoint, operation, { Id: "n1" })).status);
    }
    expect(statuses).toEqual([503, 200, 200]);
  });

  const head = /^HTTP\/1\.1 200 OK\r\n.*content-length: 2\r\n.*\r\n\r\n$/s;
  const half = /^HTTP\/1\.1 200 OK\r\n.*content-length: 2\r\n.*\r\n\r\n\{$/s;
  it.each([
    ["before-headers", "reset", /^$/, "ECONNRESET"],
    ["before-headers", "end", /^$/, "end"],
    ["before-headers", "stall", /^$/, "silence"],
    ["after-headers", "reset", head, "ECONNRESET"],
    ["after-headers", "end", head, "end"],
    ["after-headers", "stall", head, "silence"],
    ["mid-body", "reset", half, "ECONNRESET"],
    ["mid-body", "end", half, "end"],
    ["mid-body", "stall", half, "silence"],
  ] as const)("can cut the response %s by %s", async (at, by, received, end) => {
    let asked = 0;
    const local = await start({ handlers: { ping: () => (asked++, {}) }, faults: () => ({ cut: { at, by } }) });
    const seen = await rawPing(local);
    expect(seen.end).toBe(end);
    expect(seen.received).toMatch(received);
    expect(asked).toBe(1);
    expect(local.requests[0]?.status).toBe(at === "before-headers" ? undefined : 200);
  });

  it("can cut an empty body, which then promises a byte", async () => {
    const local = await start({
      handlers,
      faults: () => ({ response: { status: 200 }, cut: { at: "mid-body", by: "end" } }),
    });
    const { received, end } = await rawPing(local);
    expect([end, /content-length: 1\r\n/.test(received)]).toEqual(["end", true]);
  });
});
