import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { AWSError } from "#runtime/classic/types.js";
import { Books, books, eventsOf, json, options, outcome } from "./support.js";

const beforeResponse = ["validate", "build", "afterBuild", "sign"];
const exchange = ["httpUploadProgress", "httpHeaders", "httpDownloadProgress", "httpData", "httpDone", "send"];
const read = ["validateResponse", "extractData", "success", "complete"];
const rejected = ["validateResponse", "extractError", "retry", "afterRetry"];

describe("a request", () => {
  it("goes through its events in order, and reports its data", async () => {
    const { service, hits } = await books(json(200, { Book: { Title: "A" } }));
    const request = service.getBook({ Title: "A" });
    const seen = eventsOf(request);
    expect(await outcome(request)).toEqual({ err: null, data: { Book: { Title: "A" } } });
    expect(seen).toEqual([...beforeResponse, ...exchange, ...read]);
    expect(hits).toHaveLength(1);
    expect(hits[0]?.body).toBe('{"Title":"A"}');
    expect(hits[0]?.request.headers["x-amz-target"]).toBe("Books_2020.GetBook");
  });

  it("goes through those of a failure", async () => {
    const { service } = await books(json(400, { __type: "x#Unwritten", message: "not yet" }));
    const request = service.getBook({ Title: "A" });
    const seen = eventsOf(request);
    const { err, data } = await outcome(request);
    expect(seen).toEqual([...beforeResponse, ...exchange, ...rejected, "error", "complete"]);
    expect(data).toBeNull();
    expect(err).toMatchObject({ code: "Unwritten", message: "not yet", statusCode: 400, retryable: false });
    expect(err).toMatchObject({ requestId: "r-1", name: "Unwritten", time: expect.any(Date) as Date });
  });

  it("signs and sends again at each attempt", async () => {
    const { service, hits } = await books((response, hit, number) =>
      json(number < 3 ? 500 : 200, {})(response, hit, number),
    );
    const request = service.getBook({ Title: "A" });
    const seen = eventsOf(request);
    await outcome(request);
    const failed = ["sign", ...exchange, ...rejected];
    expect(seen).toEqual(["validate", "build", "afterBuild", ...failed, ...failed, "sign", ...exchange, ...read]);
    expect(hits).toHaveLength(3);
    expect(request.response.retryCount).toBe(2);
  });

  it("ends before it is built where its parameters are not valid, and is then not sent", async () => {
    const { service, hits } = await books(json(200, {}));
    const request = service.getBook({} as { Title: string });
    const seen = eventsOf(request);
    const { err } = await outcome(request);
    expect(err).toMatchObject({ code: "MissingRequiredParameter", message: "Missing required key 'Title' in params" });
    expect(seen).toEqual(["validate", "error", "complete"]);
    expect(hits).toHaveLength(0);
  });

  it("reports wrong parameters before it looks for credentials", async () => {
    const { service } = await books(json(200, {}));
    let isRequested = false;
    service.config.getCredentials = () => {
      isRequested = true;
    };
    const { err } = await outcome(service.getBook({} as { Title: string }));
    expect(err?.code).toBe("MissingRequiredParameter");
    expect(isRequested).toBe(false);
  });

  it("hands listeners what they expect, and is their `this`", async () => {
    const { service } = await books(json(200, { Book: {} }));
    const request = service.getBook({ Title: "A" });
    const { response } = request;
    const seen: Record<string, unknown> = {};
    request.on("sign", function (...all) {
      seen["sign"] = [this === request, all.length, all[0] === request];
    });
    request.on("send", function (...all) {
      seen["send"] = [this === request, all.length, all[0] === response];
    });
    request.on("httpHeaders", (status, headers, given, message) => {
      seen["httpHeaders"] = [status, headers["x-amzn-requestid"], given === response, message];
    });
    request.on("httpData", (chunk, given) => {
      seen["httpData"] = [Buffer.isBuffer(chunk), String(chunk), given === response];
    });
    request.on("httpUploadProgress", (progress) => {
      seen["upload"] = progress;
    });
    request.on("httpDownloadProgress", (progress) => {
      seen["download"] = progress;
    });
    await outcome(request);
    expect(seen).toEqual({
      sign: [true, 1, true],
      send: [true, 1, true],
      httpHeaders: [200, "r-1", true, "OK"],
      httpData: [true, '{"Book":{}}', true],
      upload: { loaded: 13, total: 13 },
      download: { loaded: 11, total: undefined },
    });
  });

  it("returns a callback error and data, with the response as `this`", async () => {
    const { service } = await books(json(200, { Book: { Title: "A" } }));
    const output = await new Promise((resolve) => {
      service.getBook({ Title: "A" }, function (err, data) {
        resolve([err, data, this.requestId, this.retryCount, this.httpResponse.statusCode]);
      });
    });
    expect(output).toEqual([null, { Book: { Title: "A" } }, "r-1", 0, 200]);
  });

  it("takes callbacks in every position", async () => {
    const { service, hits } = await books(json(200, {}));
    const called = (send: (callback: (err: AWSError, data: object) => void) => unknown): Promise<unknown> =>
      new Promise((resolve) => send((err, data) => resolve([err, data])));
    const done = [null, {}];
    expect(await called((callback) => service.listBooks(callback))).toEqual(done);
    expect(await called((callback) => service.listBooks({}, callback))).toEqual(done);
    expect(await called((callback) => service.listBooks().send(callback))).toEqual(done);
    expect(await called((callback) => service.makeRequest("listBooks", callback))).toEqual(done);
    expect(await called((callback) => service.makeRequest("listBooks", null, callback))).toEqual(done);
    expect(await called((callback) => service.makeUnauthenticatedRequest("listBooks", {}, callback))).toEqual(done);
    expect(hits).toHaveLength(6);
  });

  it("has a promise, of data that carries the response out of the way", async () => {
    const { service } = await books(json(200, { Book: { Title: "A" } }));
    const data = await service.getBook({ Title: "A" }).promise();
    expect(Object.keys(data)).toEqual(["Book"]);
    expect(data.$response.httpResponse).toMatchObject({ statusCode: 200, statusMessage: "OK", streaming: false });
    expect(data.$response.data).toBe(data);
  });

  it("is sent once, however often its outcome is requested", async () => {
    const { service, hits } = await books(json(200, {}));
    let calls = 0;
    const request = service.listBooks({}, () => calls++);
    await Promise.all([request.promise(), request.promise()]);
    expect(calls).toBe(1);
    await request.promise();
    await sleep(30);
    expect(hits).toHaveLength(1);
  });

  it("fails by its name where the service has no such operation", async () => {
    const { service, hits } = await books(json(200, {}));
    expect((await outcome(service.makeRequest("constructor" as string))).err?.code).toBe("UnknownOperation");
    const { err } = await outcome(service.makeRequest("getBok" as string));
    expect(err).toMatchObject({ code: "UnknownOperation", message: expect.stringContaining("getBook") as string });
    expect(hits).toHaveLength(0);
  });

  it("goes unsigned where it is asked to, or where the model states it", async () => {
    const { service, hits } = await books(json(200, {}));
    await service.makeUnauthenticatedRequest("listBooks").promise();
    await new Books({ ...options, endpoint: service.endpoint.href, credentials: null as never }).lookAround().promise();
    await service.listBooks().promise();
    expect(hits.map(({ request }) => request.headers.authorization?.slice(0, 16))).toEqual([
      undefined,
      undefined,
      "AWS4-HMAC-SHA256",
    ]);
  });

  it("sends and signs what listeners make of it", async () => {
    const { service, hits } = await books(json(200, {}));
    const request = service.listBooks({ Author: "A" });
    request.on("build", ({ httpRequest }) => {
      httpRequest.headers["X-Shelf"] = "3";
      httpRequest.headers["content-type"] = "application/x-amz-json-1.2";
    });
    request.on("afterBuild", ({ httpRequest }) => {
      httpRequest.body = '{"Author":"Ä"}';
    });
    await request.promise();
    const [hit] = hits;
    expect(hit?.body).toBe('{"Author":"Ä"}');
    expect(hit?.request.headers).toMatchObject({ "x-shelf": "3", "content-length": "15" });
    expect(hit?.request.headers["content-type"]).toBe("application/x-amz-json-1.2");
    expect(hit?.request.headers.authorization).toContain(
      "SignedHeaders=amz-sdk-request;content-type;host;x-amz-content-sha256",
    );
    expect(hit?.request.headers.authorization).toContain("x-shelf");
  });

  it("returns the body as a stream", async () => {
    const { service } = await books(json(200, { Book: {} }));
    const parts: Buffer[] = [];
    for await (const part of service.getBook({ Title: "A" }).createReadStream()) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString()).toBe('{"Book":{}}');
  });

  it("has its failure as an error of the stream", async () => {
    const { service } = await books(json(400, { __type: "Unwritten" }));
    const stream = service.getBook({ Title: "A" }).createReadStream();
    await expect(stream.toArray()).rejects.toMatchObject({ code: "Unwritten", statusCode: 400 });
  });

  it("makes idempotency tokens on a copy, the same for all attempts", async () => {
    const { service, hits } = await books((response, hit, number) =>
      json(number < 2 ? 500 : 200, {})(response, hit, number),
    );
    const params = { Title: "A" };
    await service.buyBook(params).promise();
    expect(params).toEqual({ Title: "A" });
    const [first, second] = hits.map(({ body }) => JSON.parse(body) as { Order?: string });
    expect(first?.Order).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual(first);
  });

  it("is signed once more where it waited too long before it was sent", async () => {
    const { service, hits } = await books(json(200, {}));
    const request = service.listBooks();
    const seen = eventsOf(request);
    request.once("sign", () => {
      service.config.systemClockOffset += 11 * 60_000;
    });
    await request.promise();
    expect(seen.filter((event) => event === "sign")).toHaveLength(2);
    expect(hits).toHaveLength(1);
    const [, year, month, day, hour, minute, second] =
      /^(....)(..)(..)T(..)(..)(..)Z$/.exec(String(hits[0]?.request.headers["x-amz-date"])) ?? [];
    const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    expect(Math.abs(service.getSkewCorrectedDate().getTime() - signedAt)).toBeLessThan(5_000);
  });

  it("sends the parameters as listeners leave them, checked or not", async () => {
    const { service, hits } = await books(json(200, {}));
    await service
      .listBooks({ Author: "A" })
      .on("validate", (request) => (request.params["Token"] = "t"))
      .on("build", (request) => (request.params["Author"] = "B"), true)
      .promise();
    expect(JSON.parse(hits[0]?.body ?? "")).toEqual({ Author: "B", Token: "t" });
  });

  it("fails rather than sending unsigned where the configuration has no credentials", async () => {
    const { service, hits } = await books(json(200, {}));
    service.config.getCredentials = (callback) => callback(null, null);
    const { err } = await outcome(service.listBooks());
    expect(err).toMatchObject({ code: "CredentialsError" });
    expect(hits).toHaveLength(0);
  });

  it("leaves the caller's parameters and their object alone", async () => {
    const { service } = await books(json(200, {}));
    const params = Object.freeze({ Title: "A" });
    const request = service.getBook(params);
    await request.promise();
    expect(request.params).toBe(params);
  });

  it("takes part in Lambda's traces", async () => {
    const { service, hits } = await books(json(200, {}));
    process.env["AWS_LAMBDA_FUNCTION_NAME"] = "f";
    process.env["_X_AMZN_TRACE_ID"] = "Root=1";
    try {
      await service.listBooks().promise();
      await service
        .listBooks()
        .on("build", ({ httpRequest }) => {
          httpRequest.headers["x-amzn-trace-id"] = "own";
        })
        .promise();
    } finally {
      delete process.env["AWS_LAMBDA_FUNCTION_NAME"];
      delete process.env["_X_AMZN_TRACE_ID"];
    }
    expect(hits.map(({ request }) => request.headers["x-amzn-trace-id"])).toEqual(["Root=1", "own"]);
  });

  it("says who sends it, and how", async () => {
    const { service, hits } = await books(json(200, {}), { customUserAgent: "shop/1" });
    await service.listBooks().promise();
    await new Promise((resolve) => service.listBooks(resolve));
    const [first, second] = hits.map(({ request }) => request.headers["user-agent"]);
    expect(first).toMatch(/^clientsmith\/\S+ nodejs\/\S+ shop\/1 promise$/);
    expect(second).toMatch(/ shop\/1 callback$/);
  });
});
