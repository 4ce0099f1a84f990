import { afterEach, describe, expect, it } from "vitest";
import { Endpoint, events, type Request, Service } from "#runtime/classic/index.js";
import { Books, books, definition, json, options } from "./support.js";

afterEach(() => {
  events.removeAllListeners();
  Books.prototype.customizeRequests(null);
});

describe("a service object", () => {
  it("has the endpoint that it is given, or that the service's rules tell", () => {
    expect(new Books(options).endpoint.href).toBe("https://books.us-east-1.example.com/");
    expect(new Books({ ...options, sslEnabled: false }).endpoint).toMatchObject({ protocol: "http:", port: 80 });
    const given = new Books({ ...options, endpoint: "{scheme}://{service}.{region}.test:8000/base" });
    expect(given.endpoint).toMatchObject({
      href: "https://books.us-east-1.test:8000/base",
      host: "books.us-east-1.test:8000",
      hostname: "books.us-east-1.test",
      port: 8000,
      pathname: "/base",
      protocol: "https:",
    });
    expect(new Books({ ...options, endpoint: new Endpoint("example.com") }).endpoint.href).toBe("https://example.com/");
    expect(new Books({ ...options, endpoint: "example.com", sslEnabled: false }).endpoint.protocol).toBe("http:");
  });

  it("sends to the endpoint that is set later", async () => {
    const { endpoint, hits } = await books(json(200, {}));
    const service = new Books(options);
    service.endpoint = `${endpoint}/base`;
    await service.listBooks().promise();
    service.endpoint = new Endpoint(endpoint);
    await service.listBooks().promise();
    expect(hits.map(({ request }) => request.url)).toEqual(["/base/", "/"]);
  });

  it("lets a listener send elsewhere, and a hostPrefix or path of the rules go there too", async () => {
    const { endpoint, hits } = await books(json(200, {}));
    const request = new Books(options).listBooks();
    request.on("afterBuild", ({ httpRequest }) => httpRequest.updateEndpoint(endpoint));
    await request.promise();
    expect(hits[0]?.request.headers.host).toBe(new URL(endpoint).host);
  });

  it("has one method an operation, and the service's versions", () => {
    const service = new Books(options);
    expect(service.getBook).toBeTypeOf("function");
    expect(Books.name).toBe("Books");
    expect(Books.serviceIdentifier).toBe("books");
    expect(Books.apiVersions).toEqual(["2020-01-01"]);
    expect(service.apiVersions).toEqual(["2020-01-01"]);
  });

  it.each(["latest", "2020-01-01", "2021-05-05", new Date("2020-06-01")])("takes apiVersion %s", (apiVersion) => {
    expect(() => new Books({ ...options, apiVersion })).not.toThrow();
  });

  it("rejects a version that is older than all there are", () => {
    const why = "Could not find books API to satisfy version constraint `2019-01-01'";
    expect(() => new Books({ ...options, apiVersion: "2019-01-01" })).toThrow(why);
    expect(() => new Books({ ...options, apiVersions: { books: "2019-01-01" } })).toThrow(why);
    expect(() => new Books({ ...options, apiVersion: "2019-01-01", apiVersions: { books: "latest" } })).not.toThrow();
  });

  it("fills in bound parameters that the operation has and the call has not", async () => {
    const { service, hits } = await books(json(200, {}), { params: { Author: "B", Other: 1 } });
    await service.listBooks().promise();
    await service.listBooks({ Author: "A" }).promise();
    await service.listBooks({ Author: null as never }).promise();
    await service.getBook({ Title: "T" }).promise();
    expect(hits.map(({ body }) => body)).toEqual([
      '{"Author":"B"}',
      '{"Author":"A"}',
      '{"Author":"B"}',
      '{"Title":"T"}',
    ]);
  });

  it("calls listeners in the order: of all requests, its class's, its own, the caller's", async () => {
    const { endpoint } = await books(json(200, {}));
    const order: string[] = [];
    const note = (who: string) => (request: Request) => request.on("build", () => order.push(who));
    class Own extends Books {
      override setupRequestListeners(request: Request): void {
        note("setup")(request);
      }
    }
    events.on("build", () => order.push("all"));
    Books.prototype.customizeRequests(note("class"));
    const service = new Own({ ...options, endpoint });
    service.customizeRequests(note("object"));
    await service
      .listBooks()
      .on("build", () => order.push("caller"))
      .on("build", () => order.push("head"), true)
      .promise();
    expect(order).toEqual(["head", "all", "setup", "class", "object", "caller"]);
    order.length = 0;
    service.customizeRequests(null);
    Books.prototype.customizeRequests(null);
    await service.listBooks().promise();
    expect(order).toEqual(["all", "setup"]);
    expect(() => service.customizeRequests("x" as never)).toThrow("Invalid callback type 'string'");
  });

  it("is made of a definition, with features of its operations", async () => {
    const features = {
      getBook(this: Service) {
        return this.makeRequest("listBooks" as string);
      },
    };
    const Featured = Service.defineService<Books>(definition, features as object);
    const { endpoint, hits } = await books(json(200, {}));
    await new Featured({ ...options, endpoint }).getBook({ Title: "A" }).promise();
    expect(hits[0]?.request.headers["x-amz-target"]).toBe("Books_2020.ListBooks");
    const instead = "Service.defineService(await serviceModel(json))";
    const api2 = { version: "2.0", metadata: {}, operations: {}, shapes: {} };
    const define = Service.defineService as (...forms: unknown[]) => unknown;
    for (const [given, why] of [
      [["books", ["2020-01-01"], {}], 'a name and versions, as "books"'],
      [[api2], "this is an api-2 description"],
      [[{ smithy: "2.0", shapes: {} }], "this is a Smithy model"],
      [[{}], "takes a service's definition"],
      [[null], "takes a service's definition"],
    ] as const) {
      expect(() => define(...given)).toThrow(TypeError);
      expect(() => define(...given)).toThrow(why);
      expect(() => define(...given)).toThrow(instead);
    }
    expect(() => new Service()).toThrow(instead);
    expect(() => new Service({ apiConfig: api2 } as object)).toThrow("the option apiConfig is not read");
  });
});
