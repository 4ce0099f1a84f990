import { Agent } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { contentMd5 } from "#runtime/features/content-md5.js";
import { config, Service } from "#runtime/classic/index.js";
import { restXml } from "#runtime/protocols/restXml/index.js";
import { Books, books, definition, described, json, operations, options } from "./support.js";

const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});

afterEach(() => warning.mockClear());

const warned = (): unknown[] => warning.mock.calls.map(([message]) => message);

describe("an option that has no meaning for the service", () => {
  it.each([
    ["s3ForcePathStyle", true, "only for s3 and s3control"],
    ["s3BucketEndpoint", true, "only for s3"],
    ["s3DisableBodySigning", false, "only for s3 and s3control"],
    ["s3UsEast1RegionalEndpoint", "regional", "only for s3"],
    ["s3UseArnRegion", true, "only for s3 and s3control"],
    ["useAccelerateEndpoint", true, "only for s3"],
    ["dynamoDbCrc32", false, "only for dynamodb"],
    ["stsRegionalEndpoints", "regional", "only for sts"],
    ["computeChecksums", false, "none of its operations takes a checksum of its request"],
    ["hostPrefixEnabled", false, "none of its operations has a prefix for the host"],
    ["endpointDiscoveryEnabled", true, "none of its operations has an endpoint that is asked for"],
    ["endpointCacheSize", 5, "none of its operations has an endpoint that is asked for"],
  ])("%s is warned about once, with the reason", (option, value, reason) => {
    for (let count = 0; count < 2; count++) void new Books({ ...options, [option]: value });
    expect(warned()).toEqual([expect.stringContaining(`The option ${option} has no meaning for Books`)]);
    expect(warned()[0]).toContain(reason);
  });

  it.each(["xhrAsync", "xhrWithCredentials"])("httpOptions.%s is warned about once, with the reason", (option) => {
    for (let count = 0; count < 2; count++) void new Books({ ...options, httpOptions: { [option]: true } });
    expect(warned()).toEqual([`The option httpOptions.${option} has no meaning in Node: there is no XMLHttpRequest.`]);
  });

  it("convertResponseTypes is warned about where responses are not JSON", () => {
    const model = { service: { ...described, name: "Scrolls", protocol: restXml }, operations: {} };
    void new (Service.defineService({ ...definition, model }))({ ...options, convertResponseTypes: false });
    expect(warned()).toEqual([
      "The option convertResponseTypes has no meaning for Scrolls: its responses are not JSON.",
    ]);
    void new Books({ ...options, convertResponseTypes: false });
    expect(warned()).toHaveLength(1);
  });

  it("is not warned about where an operation of the service has a use for it, or where it is meant for all services", () => {
    const buyBook = { ...operations.buyBook, features: [contentMd5()] };
    const model = { service: { ...described, name: "Sums" }, operations: { buyBook } };
    void new (Service.defineService({ ...definition, model }))({ ...options, computeChecksums: false });
    config.update({ endpointCacheSize: 7 });
    expect(new Books(options).config.endpointCacheSize).toBe(7);
    config.update({ endpointCacheSize: undefined });
    expect(warned()).toEqual([]);
  });
});

describe("what the constructor rejects", () => {
  const made = (httpOptions: object) => () => new Books({ ...options, httpOptions });

  it("is an agent that is none, and a proxy that is no URL", () => {
    expect(made({ agent: {} })).toThrow("httpOptions.agent must be an undici dispatcher or an agent of node:http");
    expect(made({ proxy: "not a url" })).toThrow("proxy");
  });

  it.each(["http://:::", 7, {}])("is an endpoint that is none: %j", (endpoint) => {
    const make = (): Books => new Books({ ...options, endpoint: endpoint as string });
    expect(make).toThrow(expect.objectContaining({ name: "InvalidEndpoint" }) as Error);
  });

  it("is a proxy beside an agent, which would not use it", () => {
    expect(made({ proxy: "http://proxy.example", agent: new Agent() })).toThrow("set one of them");
  });
});

describe("credentials that are none", () => {
  it("fail the request, which reports what they must be", async () => {
    const { endpoint } = await books(json(200, {}));
    const service = new Books({ region: "us-east-1", endpoint, credentials: "AKIDTEXT" as never });
    await expect(service.listBooks().promise()).rejects.toMatchObject({
      code: "CredentialsError",
      message: expect.stringMatching(/must be keys, .* not a string$/) as string,
    });
  });
});

describe("promises of a library", () => {
  it("are not made: that is said once, and not where none is named", () => {
    config.setPromisesDependency(null);
    config.setPromisesDependency(Promise);
    expect(warned()).toEqual([]);
    for (let count = 0; count < 2; count++) config.setPromisesDependency(function library() {});
    expect(warned()).toEqual(["config.setPromisesDependency has no effect: promises are JavaScript's own."]);
  });
});

describe("retryDelayOptions.base", () => {
  it("is what delays begin with, doubled from attempt to attempt", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { service } = await books(json(500, {}), { maxRetries: 2, retryDelayOptions: { base: 7 } });
    const delays: unknown[] = [];
    const request = service.listBooks().on("retry", ({ error }) => delays.push(error?.retryDelay));
    await request.promise().catch(() => {});
    vi.mocked(Math.random).mockRestore();
    expect(delays).toEqual([7, 14, undefined]);
  });
});
