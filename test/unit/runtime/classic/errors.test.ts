import { create as createDomain } from "node:domain";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { Books, books, eventsOf, json, options, outcome } from "./support.js";

describe("errors of the service", () => {
  it("keep what else the body holds, out of the way of loops", async () => {
    const { service } = await books(json(400, { __type: "Burnt", message: "gone", Shelf: 3, name: "x" }));
    const { err } = await outcome(service.getBook({ Title: "A" }));
    expect(err).toMatchObject({ Shelf: 3, "[Shelf]": "See error.Shelf for details.", name: "Burnt" });
    expect(Object.keys(err ?? {})).not.toContain("Shelf");
  });

  it.each([
    [
      "the body's type over the header's",
      { __type: "a.b#Body" },
      { "x-amzn-errortype": "Header:http://x/" },
      "Body",
      null,
    ],
    ["the header's type without its URI", { Message: "m" }, { "x-amzn-errortype": "Header:http://x/" }, "Header", "m"],
    ["a code", { code: "Coded", message: "m" }, {}, "Coded", "m"],
    ["no JSON: the status in words", "<html>", {}, "UnknownError", "Bad Request"],
    ["nothing: the status", "", {}, "UnknownError", "400"],
  ])("use %s", async (_what, body, headers, code, message) => {
    const { service } = await books(json(400, body, headers));
    const { err } = await outcome(service.getBook({ Title: "A" }));
    expect(err).toMatchObject({ code, message, name: code, statusCode: 400, retryable: false, requestId: "r-1" });
  });

  it("tell a success that cannot be read without quoting it", async () => {
    const { service } = await books(json(200, '{"Book": secret', { "content-type": "application/x-amz-json-1.1" }));
    const { err } = await outcome(service.getBook({ Title: "A" }));
    expect(err).toMatchObject({ code: "SyntaxError", statusCode: 200, retryable: false });
    expect(err?.message).not.toContain("secret");
  });
});

describe("errors of the network", () => {
  it("have the real cause of a refused connection", async () => {
    const service = new Books({ ...options, endpoint: "http://127.0.0.1:1", maxRetries: 0 });
    const request = service.getBook({ Title: "A" });
    const seen = eventsOf(request);
    const { err } = await outcome(request);
    expect(err).toMatchObject({ code: "NetworkingError", hostname: "127.0.0.1", region: "us-east-1", retryable: true });
    expect(err?.message).toContain("ECONNREFUSED");
    expect(seen.slice(4)).toEqual(["httpError", "send", "retry", "afterRetry", "error", "complete"]);
  });

  it("call a broken connection a timeout, and are retried", async () => {
    const { service, hits } = await books((response) => response.destroy());
    const { err } = await outcome(service.getBook({ Title: "A" }));
    expect(err).toMatchObject({ code: "TimeoutError", message: "socket hang up", retryable: true });
    expect(hits).toHaveLength(4);
  });

  it("settle a body that is broken off", async () => {
    const { service } = await books(
      (response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("{");
        setTimeout(() => response.destroy(), 20);
      },
      { maxRetries: 0 },
    );
    await expect(service.getBook({ Title: "A" }).promise()).rejects.toMatchObject({ code: "TimeoutError" });
    const stream = service.getBook({ Title: "A" }).createReadStream();
    await expect(stream.toArray()).rejects.toMatchObject({ code: "TimeoutError" });
  });

  it("name the time that nothing came", async () => {
    const { service } = await books(() => {}, { maxRetries: 0, httpOptions: { timeout: 60 } });
    const { err } = await outcome(service.getBook({ Title: "A" }));
    expect(err).toMatchObject({ code: "TimeoutError", message: "Connection timed out after 60ms", retryable: true });
  });

  it("tell what is no HTTP", async () => {
    const server = createServer((socket) => socket.end("not http\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const service = new Books({ ...options, endpoint: `http://127.0.0.1:${port}`, maxRetries: 0 });
    const { err } = await outcome(service.getBook({ Title: "A" }));
    server.close();
    expect(err).toMatchObject({ code: "NetworkingError", retryable: true });
  });
});

describe("what listeners throw", () => {
  it("in build fails the request unsent, after restart; the other listeners are called", async () => {
    const { service, hits } = await books(json(200, {}));
    const request = service.getBook({ Title: "A" });
    request.on("build", () => {
      throw new RangeError("no");
    });
    const seen = eventsOf(request);
    const { err } = await outcome(request);
    expect(err).toMatchObject({ code: "RangeError", message: "no" });
    expect(seen).toEqual(["validate", "build", "restart", "error", "complete"]);
    expect(hits).toHaveLength(0);
  });

  it("in validateResponse makes an error of the response, which does not excuse another attempt", async () => {
    const { service, hits } = await books(json(200, {}));
    const request = service.getBook({ Title: "A" });
    request.on("validateResponse", () => {
      throw new Error("not this one");
    });
    expect((await outcome(request)).err).toMatchObject({ code: "UnknownError", statusCode: 200, retryable: false });
    expect(hits).toHaveLength(1);
  });

  it("before the outcome is settled is the outcome", async () => {
    const { service } = await books(json(200, {}));
    const request = service.getBook({ Title: "A" });
    request.on("extractData", () => {
      throw new Error("late");
    });
    expect((await outcome(request)).err).toMatchObject({ message: "late", statusCode: 200 });
  });

  it.each(["success", "complete", "callback"] as const)("in %s reaches the process", async (where) => {
    const { service } = await books(json(200, {}));
    let calls = 0;
    const fail = (): never => {
      calls++;
      throw new Error(`thrown in ${where}`);
    };
    const thrown = uncaught();
    if (where === "callback") service.getBook({ Title: "A" }, fail);
    else service.getBook({ Title: "A" }).on(where, fail).send();
    expect(await thrown).toMatchObject({ message: `thrown in ${where}` });
    expect(calls).toBe(1);
  });

  it("in error reaches the process", async () => {
    const { service } = await books(json(400, { __type: "Burnt" }));
    const thrown = uncaught();
    service
      .getBook({ Title: "A" })
      .on("error", () => {
        throw new Error("in error");
      })
      .send();
    expect(await thrown).toMatchObject({ message: "in error" });
  });

  it("reaches the domain that the request was made in", async () => {
    const { service } = await books(json(200, {}));
    const domain = createDomain();
    const thrown = new Promise((resolve) => domain.on("error", resolve));
    domain.run(() => {
      service.listBooks(() => {
        throw new Error("in a domain");
      });
    });
    expect(await thrown).toMatchObject({ message: "in a domain" });
  });

  it("may force a retry", async () => {
    const { service, hits } = await books((response, hit, number) =>
      json(number === 1 ? 400 : 200, {})(response, hit, number),
    );
    const request = service.getBook({ Title: "A" });
    request.on("retry", ({ error }) => {
      if (error) error.retryable = true;
    });
    expect((await outcome(request)).err).toBeNull();
    expect(hits).toHaveLength(2);
  });
});

/** The next error that nobody catches, kept from the test runner. */
function uncaught(): Promise<unknown> {
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  return new Promise((resolve) => {
    process.once("uncaughtException", (error) => {
      for (const listener of others) process.on("uncaughtException", listener);
      resolve(error);
    });
  });
}
