import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Service } from "#runtime/classic/index.js";
import { contentMd5 } from "#runtime/features/content-md5.js";
import { endpointDiscovery } from "#runtime/features/endpoint-discovery.js";
import { hostPrefix } from "#runtime/features/host-prefix.js";
import { crc32, polynomials } from "#runtime/checksums/crc32.js";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import type { Operation } from "#runtime/schema/service.js";
import type { DynamicService, ServiceDefinition } from "#runtime/classic/types.js";
import { books, definition, described, json, operations, options, outcome, serve } from "./support.js";

function withOperations(more: Readonly<Record<string, Operation>>, changes: Partial<ServiceDefinition> = {}) {
  const model = { service: described, operations: { ...operations, ...more } };
  return Service.defineService<DynamicService>({ ...definition, model, ...changes });
}

/** A sum as the header has it. */
function sumOf(text: string): string {
  return String(new DataView(crc32(Buffer.from(text), polynomials.CRC32).buffer).getUint32(0));
}

describe("DynamoDB's checksums", () => {
  const Tables = withOperations({}, { serviceIdentifier: "dynamodb" });

  it("are compared, and a body with another is requested once more", async () => {
    const { endpoint, hits } = await serve((response, hit, number) =>
      json(200, "{}", { "x-amz-crc32": number === 1 ? "5" : sumOf("{}") })(response, hit, number),
    );
    expect((await outcome(new Tables({ ...options, endpoint }).makeRequest("listBooks"))).err).toBeNull();
    expect(hits).toHaveLength(2);
  });

  it("name what was not repaired, and are let be where dynamoDbCrc32 is false", async () => {
    const { endpoint } = await serve(json(200, "{}", { "x-amz-crc32": "5" }));
    const service = new Tables({ ...options, endpoint, maxRetries: 0 });
    const failure = { code: "CRC32CheckFailed", message: "CRC32 integrity check failed", retryable: true };
    expect((await outcome(service.makeRequest("listBooks"))).err).toMatchObject(failure);
    service.config.dynamoDbCrc32 = false;
    expect((await outcome(service.makeRequest("listBooks"))).err).toBeNull();
  });

  it("are DynamoDB's alone, as is that it is retried more often", async () => {
    const { service } = await books(json(200, "{}", { "x-amz-crc32": "5" }));
    expect((await outcome(service.listBooks())).err).toBeNull();
    expect([service.numRetries(), new Tables(options).numRetries()]).toEqual([3, 10]);
  });
});

describe("checksums of requests", () => {
  const buyBook: Operation = { ...operations.buyBook, features: [contentMd5()] };

  it("are made of what is sent, unless computeChecksums is false", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    const service = new (withOperations({ buyBook }))({ ...options, endpoint });
    const send = (): Promise<unknown> =>
      service
        .makeRequest("buyBook", { Order: "1" })
        .on("build", ({ httpRequest }) => (httpRequest.body = "{}"))
        .promise();
    await send();
    service.config.computeChecksums = false;
    await send();
    expect(hits.map(({ request }) => request.headers["content-md5"])).toEqual(["mZFLkyvTelC5g8XnyQrpOw==", undefined]);
  });
});

describe("the prefix of the host", () => {
  const getBook: Operation = { ...operations.getBook, features: [hostPrefix("{Title}.")] };

  it("comes from the parameters, unless hostPrefixEnabled is false", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    const service = new (withOperations({ getBook }))({
      ...options,
      endpoint: endpoint.replace("127.0.0.1", "shelves.example"),
    });
    const request = service.makeRequest("getBook", { Title: "shelf" });
    request.on("afterBuild", ({ httpRequest }) => {
      expect(httpRequest.headers["Host"]).toMatch(/^shelf\.shelves\.example:\d+$/);
      httpRequest.updateEndpoint(endpoint);
    });
    await request.promise();
    service.config.hostPrefixEnabled = false;
    service.endpoint = endpoint;
    await service.makeRequest("getBook", { Title: "shelf" }).promise();
    expect(hits[1]?.request.headers.host).toBe(new URL(endpoint).host);
  });
});

describe("a body that is a stream", () => {
  const putBook: Operation = {
    name: "PutBook",
    input: { type: "structure", name: "PutBookRequest", members: { Body: { type: "blob", httpPayload: true } } },
    output: { type: "structure", name: "PutBookResponse", members: {} },
    http: { method: "PUT", uri: "/book", code: 200 },
  };
  const model = { service: { ...described, protocol: restJson1 }, operations: { putBook } };
  const Shelf = Service.defineService<DynamicService>({ ...definition, model, paginators: {}, waiters: {} });

  it("is read to its end, and sent again as it was", async () => {
    const { endpoint, hits } = await serve((response, hit, number) =>
      json(number === 1 ? 500 : 200, {})(response, hit, number),
    );
    const Body = Readable.from([Buffer.from("one "), Buffer.from("two")]);
    await new Shelf({ ...options, endpoint }).makeRequest("putBook", { Body }).promise();
    expect(hits.map(({ body }) => body)).toEqual(["one two", "one two"]);
  });

  it("fails the request where it fails, or is aborted", async () => {
    const service = new Shelf({ ...options, endpoint: "http://127.0.0.1:1" });
    const failing = new Readable({ read: (): void => {} });
    setTimeout(() => failing.destroy(Object.assign(new Error("unreadable"), { code: "EIO" })), 5);
    const { err } = await outcome(service.makeRequest("putBook", { Body: failing }));
    expect(err).toMatchObject({ code: "EIO", message: "unreadable" });
    const request = service.makeRequest("putBook", { Body: new Readable({ read: (): void => {} }) });
    setTimeout(() => request.abort(), 5);
    expect((await outcome(request)).err).toMatchObject({ code: "RequestAbortedError" });
  });
});

describe("endpoints that another operation returns", () => {
  const describeEndpoints: Operation = {
    name: "DescribeEndpoints",
    input: { type: "structure", name: "DescribeEndpointsRequest", members: {} },
    output: {
      type: "structure",
      name: "DescribeEndpointsResponse",
      members: {
        Endpoints: {
          type: "list",
          member: {
            target: {
              type: "structure",
              name: "Reported",
              members: { Address: { type: "string" }, CachePeriodInMinutes: { type: "long" } },
            },
          },
        },
      },
    },
  };
  const discovered = (required?: true): Operation => ({
    ...operations.listBooks,
    features: [endpointDiscovery({ operation: describeEndpoints, ...(required && { required }), error: "Moved" })],
  });

  /** A service that reports one server of the other; each test has a key of its own in the cache that all share. */
  async function discovering(required: true | undefined, region: string, more = {}, status = 200) {
    const reported = await serve(json(200, {}));
    const own = await serve((response, hit, number) => {
      const isRequested = hit.request.headers["x-amz-target"] === "Books_2020.DescribeEndpoints";
      const Endpoints = [{ Address: reported.endpoint, CachePeriodInMinutes: 5 }];
      json(isRequested ? status : 200, isRequested ? { Endpoints } : {})(response, hit, number);
    });
    const service = new (withOperations(
      { listBooks: discovered(required), describeEndpoints },
      {
        model: {
          service: { ...described, resolveEndpoint: () => ({ url: own.endpoint }) },
          operations: { ...operations, listBooks: discovered(required), describeEndpoints },
        },
      },
    ))({ ...options, region, ...more });
    return { reported: reported, own, service };
  }

  it("are requested once and kept, where the model or endpointDiscoveryEnabled requires them", async () => {
    const required = await discovering(true, "eu-west-1");
    await Promise.all([1, 2].map(() => required.service.makeRequest("listBooks").promise()));
    expect([required.own.hits.length, required.reported.hits.length]).toEqual([1, 2]);
    const enabled = await discovering(undefined, "eu-west-2", { endpointDiscoveryEnabled: true });
    await enabled.service.makeRequest("listBooks").promise();
    expect([enabled.own.hits.length, enabled.reported.hits.length]).toEqual([1, 1]);
    const without = await discovering(undefined, "eu-west-3");
    await without.service.makeRequest("listBooks").promise();
    expect([without.own.hits.length, without.reported.hits.length]).toEqual([1, 0]);
  });

  it("are gone without where they cannot be had and need not be", async () => {
    const optional = await discovering(undefined, "ca-1", { endpointDiscoveryEnabled: true, maxRetries: 0 }, 400);
    await optional.service.makeRequest("listBooks").promise();
    expect(optional.own.hits).toHaveLength(2);
    const required = await discovering(true, "ca-2", { maxRetries: 0 }, 400);
    const { err } = await outcome(required.service.makeRequest("listBooks"));
    expect(err).toMatchObject({ code: "UnknownError", retryable: false });
    expect(required.reported.hits).toHaveLength(0);
  });

  it("conflict with settings that rule them out", async () => {
    const { service } = await discovering(true, "sa-1", { endpointDiscoveryEnabled: false });
    const { err } = await outcome(service.makeRequest("listBooks"));
    expect(err).toMatchObject({
      code: "ConfigurationException",
      message: "Endpoint Discovery is disabled but Books.listBooks() requires it. Please check your configurations.",
    });
    const given = await discovering(true, "sa-2", { endpointDiscoveryEnabled: true, endpoint: "http://127.0.0.1:1" });
    expect((await outcome(given.service.makeRequest("listBooks"))).err).toMatchObject({
      code: "ConfigurationException",
    });
  });

  it("are requested again where one is rejected, once", async () => {
    let isMoved = false;
    const second = await serve(json(200, {}));
    const first = await serve(json(400, { __type: "Moved" }));
    const own = await serve((response, hit, number) => {
      const Address = isMoved ? second.endpoint : first.endpoint;
      isMoved = true;
      json(200, { Endpoints: [{ Address, CachePeriodInMinutes: 5 }] })(response, hit, number);
    });
    const Moving = withOperations(
      {},
      {
        model: {
          service: { ...described, resolveEndpoint: () => ({ url: own.endpoint }) },
          operations: { listBooks: discovered(true), describeEndpoints },
        },
      },
    );
    expect((await outcome(new Moving({ ...options, region: "af-1" }).makeRequest("listBooks"))).err).toBeNull();
    expect([own.hits.length, first.hits.length, second.hits.length]).toEqual([2, 1, 1]);
  });
});

describe("metrics", () => {
  it("are notified of each attempt and of the request", async () => {
    const { service } = await books((response, hit, number) =>
      json(number === 1 ? 500 : 200, number === 1 ? { __type: "Busy", message: "m" } : {})(response, hit, number),
    );
    const reported: object[] = [];
    service.on("apiCallAttempt", (event) => reported.push(event)).on("apiCall", (event) => reported.push(event));
    await service.listBooks().promise();
    const Api = "ListBooks";
    const number = expect.any(Number) as number;
    expect(reported).toMatchObject([
      { Type: "ApiCallAttempt", Api, HttpStatusCode: 500, AwsException: "Busy", AwsExceptionMessage: "m" },
      { Type: "ApiCallAttempt", Api, HttpStatusCode: 200, Fqdn: "127.0.0.1", XAmznRequestId: "r-1" },
      { Type: "ApiCall", Api, AttemptCount: 2, FinalHttpStatusCode: 200, Latency: number, MaxRetriesExceeded: 0 },
    ]);
  });

  it("tell what ended a request, and nothing of one that was not sent", async () => {
    const { service } = await books(json(400, { __type: "Burnt" }));
    const reported: object[] = [];
    service.on("apiCall", (event) => reported.push(event));
    await outcome(service.getBook({} as { Title: string }));
    expect(reported).toEqual([]);
    await outcome(service.getBook({ Title: "A" }));
    expect(reported).toMatchObject([
      { FinalAwsException: "Burnt", AttemptCount: 1, Region: "us-east-1", Service: "Books" },
    ]);
  });
});
