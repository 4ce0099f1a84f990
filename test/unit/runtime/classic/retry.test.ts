import { describe, expect, it, vi } from "vitest";
import { awsError } from "#runtime/classic/aws-error.js";
import { Service } from "#runtime/classic/index.js";
import { isRetryable, retryDelay } from "#runtime/classic/retry.js";
import { Books, books, definition, eventsOf, json, options, outcome, serve } from "./support.js";

const throttled = json(400, { __type: "ThrottlingException" });

describe("retries", () => {
  it.each([
    [undefined, 4],
    [0, 1],
    [2, 3],
  ])("are at most maxRetries (%s: %i requests)", async (maxRetries, requests) => {
    const { service, hits } = await books(throttled, { maxRetries });
    const { err } = await outcome(service.listBooks());
    expect(hits).toHaveLength(requests);
    expect(err).toMatchObject({ code: "ThrottlingException", retryable: true });
    expect(err).not.toHaveProperty("retryDelay");
  });

  it.each([
    ["TimeoutError", undefined, true],
    ["NetworkingError", undefined, true],
    ["X", 500, true],
    ["X", 429, true],
    ["X", 404, false],
    ["RequestLimitExceeded", 400, true],
    ["LimitExceededException", 400, false],
    ["RequestTimeout", 400, false],
  ])("are made for %s with status %s: %s", (code, statusCode, expected) => {
    expect(isRetryable(awsError(new Error(), { code, ...(statusCode && { statusCode }) }), definition)).toBe(expected);
  });

  it("are made for what is passing with one service only", () => {
    const error = awsError(new Error(), { code: "RequestTimeout", statusCode: 400 });
    expect(isRetryable(error, { ...definition, serviceIdentifier: "s3" })).toBe(true);
  });

  it("wait as customBackoff says, with the count from 0 and the error; below 0 there are no more", async () => {
    const asked: unknown[] = [];
    const customBackoff = (count: number, error?: Error): number => {
      asked.push([count, (error as { code?: string }).code]);
      return count < 2 ? 1 : -1;
    };
    const { service, hits } = await books(throttled, { retryDelayOptions: { customBackoff } });
    const request = service.listBooks();
    await outcome(request);
    expect(asked).toEqual([0, 1, 2].map((count) => [count, "ThrottlingException"]));
    expect(hits).toHaveLength(3);
  });

  it("wait random parts of a delay that doubles, from 100 ms, 50 with DynamoDB or what the base says", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const error = awsError(new Error(), { code: "X", retryable: true });
    const Tables = Service.defineService<Books>({ ...definition, serviceIdentifier: "dynamodb" });
    const { region } = options;
    const delays = (service: Service, headers = {}) =>
      [0, 3].map((count) => retryDelay(count, error, service, headers));
    expect(delays(new Books({ region }))).toEqual([50, 400]);
    expect(delays(new Tables({ region }))).toEqual([25, 200]);
    expect(delays(new Tables({ region, retryDelayOptions: { base: 10 } }))).toEqual([5, 40]);
    expect(delays(new Books({ region }), { "retry-after": "0.1" })).toEqual([100, 400]);
    expect(delays(new Books({ region }), { "retry-after": "900" })).toEqual([20_000, 20_000]);
    vi.restoreAllMocks();
  });

  it("wait no less than Retry-After", async () => {
    const { service } = await books((response, hit, number) =>
      json(number === 1 ? 503 : 200, {}, { "x-amz-retry-after": "80" })(response, hit, number),
    );
    const request = service.listBooks();
    let delay: number | undefined;
    request.on("afterRetry", ({ error }) => (delay = error?.retryDelay), true);
    const startedAt = performance.now();
    await outcome(request);
    expect(delay).toBeGreaterThanOrEqual(80);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(78);
  });

  it("are not made with static credentials that have expired", async () => {
    const { service, hits } = await books(json(400, { __type: "ExpiredTokenException" }));
    const { err } = await outcome(service.listBooks());
    expect(hits).toHaveLength(1);
    expect(err).toMatchObject({ code: "ExpiredTokenException", retryable: false });
  });
});

describe("a wrong clock", () => {
  const wrong = (skew: number) =>
    books(
      (response, hit, number) => {
        const body = number === 1 ? { __type: "InvalidSignatureException", message: "Signature expired" } : {};
        const date = new Date(Date.now() + skew).toUTCString();
        json(number === 1 ? 400 : 200, body, { date })(response, hit, number);
      },
      { correctClockSkew: true },
    );

  it("is put right by the response's date, for the service object alone", async () => {
    const { service, hits } = await wrong(3_600_000);
    expect((await outcome(service.listBooks())).err).toBeNull();
    expect(Math.round(service.config.systemClockOffset / 60_000)).toBe(60);
    const [first, second] = hits.map(({ request }) => String(request.headers["x-amz-date"]));
    expect(second?.slice(0, 11)).not.toBe(first?.slice(0, 11));
    expect(service.listBooks().startTime.getTime() - Date.now()).toBeGreaterThan(3_500_000);
  });

  it("is let be where it is off by less than five minutes", async () => {
    const { service } = await wrong(120_000);
    await outcome(service.listBooks());
    expect(service.config.systemClockOffset).toBe(0);
  });

  it("is what systemClockOffset says", async () => {
    const { service, hits } = await books(json(200, {}), { systemClockOffset: -86_400_000 });
    await service.listBooks().promise();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
    expect(String(hits[0]?.request.headers["x-amz-date"]).slice(0, 8)).toBe(yesterday);
  });
});

describe("redirections", () => {
  it("are followed on the same host, signed for the new path", async () => {
    const { service, hits } = await books((response, hit, number) => {
      if (number > 1) return json(200, {})(response, hit, number);
      response.writeHead(307, { location: "/elsewhere?a=b" }).end();
    });
    const request = service.listBooks();
    expect((await outcome(request)).err).toBeNull();
    expect(hits.map((hit) => hit.request.url)).toEqual(["/", "/elsewhere?a=b"]);
    const [first, second] = hits.map((hit) => hit.request.headers.authorization);
    expect(second).toMatch(/^AWS4-HMAC-SHA256 /);
    expect(second).not.toBe(first);
  });

  it.each([
    [{}, 14],
    [{ maxRetries: 0, maxRedirects: 2 }, 3],
    [{ maxRetries: 0, maxRedirects: 0 }, 1],
  ])("end after %o with %i requests", async (more, requests) => {
    const { service, hits } = await books((response) => response.writeHead(302, { location: "/again" }).end(), more);
    const request = service.listBooks();
    const { err } = await outcome(request);
    expect(hits).toHaveLength(requests);
    expect(err).toMatchObject({ code: "UnknownError", statusCode: 302 });
    expect(request.response.redirectCount).toBe(Math.max(0, requests - 1 - request.response.retryCount));
  });

  it("are not followed to another host with a signature", async () => {
    const other = await serve(json(200, {}));
    const { service, hits } = await books((response) => response.writeHead(307, { location: other.endpoint }).end());
    const request = service.listBooks();
    const seen = eventsOf(request);
    const { err } = await outcome(request);
    expect(other.hits).toHaveLength(0);
    expect(hits).toHaveLength(1);
    expect(err).toMatchObject({ statusCode: 307, retryable: false });
    expect(err?.message).toContain(`redirects to ${other.endpoint}, which is not followed`);
    expect(seen.filter((event) => event === "sign")).toHaveLength(1);
  });

  it("are followed anywhere without a signature", async () => {
    const other = await serve(json(200, {}));
    const { service } = await books((response) => response.writeHead(307, { location: other.endpoint }).end());
    await service.makeUnauthenticatedRequest("listBooks").promise();
    expect(other.hits.map(({ request }) => request.headers.authorization)).toEqual([undefined]);
  });
});
