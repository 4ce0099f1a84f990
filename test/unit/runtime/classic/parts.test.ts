import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bearer } from "#runtime/auth/bearer.js";
import { sigv4 } from "#runtime/auth/sigv4.js";
import { sigv4a } from "#runtime/auth/sigv4a.js";
import { Service } from "#runtime/classic/index.js";
import type { DynamicService } from "#runtime/classic/types.js";
import type { Feature } from "#runtime/features/feature.js";
import { requestCompression } from "#runtime/features/request-compression.js";
import type { Operation, Service as Described } from "#runtime/schema/service.js";
import { definition, described, json, operations, options, outcome, serve } from "./support.js";

afterEach(() => vi.unstubAllEnvs());

/** A class whose service or whose operation `listBooks` is changed. */
function withParts(service: Partial<Described>, listBooks: Partial<Operation> = {}) {
  const model = {
    service: { ...described, ...service },
    operations: { ...operations, listBooks: { ...operations.listBooks, ...listBooks } },
  };
  return Service.defineService<DynamicService>({ ...definition, model });
}

describe("a service object that authenticates by a bearer token", () => {
  const Tokens = withParts({ authSchemes: [bearer()], authOptions: ["token"] });
  const { accessKeyId: _, secretAccessKey: _secret, ...keyless } = options;

  it("sends the token of its configuration, with no credentials", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    const service = new Tokens({ ...keyless, endpoint, token: { token: "t-1" } });
    await service.makeRequest("listBooks").promise();
    expect(hits[0]?.request.headers.authorization).toBe("Bearer t-1");
    expect(hits[0]?.request.headers).not.toHaveProperty("x-amz-date");
  });

  it("sends the token of the environment variable of the service", async () => {
    vi.stubEnv("AWS_BEARER_TOKEN_BOOKS", "t-2");
    const { endpoint, hits } = await serve(json(200, {}));
    await new Tokens({ ...keyless, endpoint }).makeRequest("listBooks").promise();
    expect(hits[0]?.request.headers.authorization).toBe("Bearer t-2");
  });

  it("fails with TokenError if there is none, and sends nothing", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    const { err } = await outcome(new Tokens({ ...keyless, endpoint }).makeRequest("listBooks"));
    expect(err).toMatchObject({ code: "TokenError", message: expect.stringContaining("option token") as string });
    expect(hits).toHaveLength(0);
  });
});

describe("a service object whose endpoint requires Signature Version 4A", () => {
  const authSchemes = [{ name: "sigv4a", signingName: "shelves", signingRegionSet: ["*"] }];

  it("signs for the Regions of the endpoint, each attempt again", async () => {
    const { endpoint, hits } = await serve((response, hit, number) =>
      json(number === 1 ? 500 : 200, {})(response, hit, number),
    );
    const Shelves = withParts({
      authSchemes: [sigv4(), sigv4a()],
      resolveEndpoint: () => ({ url: endpoint, properties: { authSchemes } }),
    });
    await new Shelves(options).makeRequest("listBooks").promise();
    expect(hits).toHaveLength(2);
    for (const { request } of hits) {
      expect(request.headers.authorization).toMatch(/^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/shelves\//);
      expect(request.headers["x-amz-region-set"]).toBe("*");
    }
    expect(hits[0]?.request.headers.authorization).not.toBe(hits[1]?.request.headers.authorization);
  });
});

describe("a service object whose operation takes compressed requests", () => {
  const Long = withParts({}, { features: [requestCompression()] });
  const Author = "a".repeat(20_000);

  it("compresses what listeners have made of the body, before it is signed", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    const bodies: unknown[] = [];
    const request = new Long({ ...options, endpoint }).makeRequest("listBooks", { Author });
    request.on("build", ({ httpRequest }) => (httpRequest.body = String(httpRequest.body).replace("aa", "ba")));
    request.on("sign", ({ httpRequest }) => bodies.push(httpRequest.body));
    await request.promise();
    expect(hits[0]?.request.headers["content-encoding"]).toBe("gzip");
    expect(Number(hits[0]?.request.headers["content-length"])).toBeLessThan(1000);
    expect(gunzipSync(bodies[0] as Uint8Array).toString()).toBe(JSON.stringify({ Author: Author.replace("aa", "ba") }));
  });

  it("leaves it alone where disableRequestCompression is set, or where it is short", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    await new Long({ ...options, endpoint, disableRequestCompression: true })
      .makeRequest("listBooks", { Author })
      .promise();
    await new Long({ ...options, endpoint }).makeRequest("listBooks", { Author: "a" }).promise();
    for (const { request } of hits) expect(request.headers).not.toHaveProperty("content-encoding");
  });
});

describe("a feature from outside", () => {
  it("hooks into the stages of a request, each in its event", async () => {
    const seen: string[] = [];
    const feature: Feature = {
      name: "outside",
      codec: (codec) => (seen.push("codec"), codec),
      input: (input) => (seen.push("input"), { ...input, Author: "added" }),
      message: (message) => (seen.push("message"), { ...message, headers: { ...message.headers, "x-outside": "1" } }),
      transport: (transport) => (seen.push("transport"), { ...transport, headersTimeout: 5000 }),
      response: (response) => (seen.push("response"), response),
    };
    const { endpoint, hits } = await serve(json(200, {}));
    const Outside = withParts({}, { features: [feature] });
    const request = new Outside({ ...options, endpoint }).makeRequest("listBooks");
    for (const event of ["validate", "build", "afterBuild", "sign", "httpDone"])
      request.on(event, () => seen.push(event));
    await request.promise();
    expect(seen).toEqual([
      "codec",
      "input",
      "validate",
      "build",
      "message",
      "afterBuild",
      "sign",
      "transport",
      "httpDone",
      "response",
    ]);
    expect(hits[0]?.body).toBe('{"Author":"added"}');
    expect(hits[0]?.request.headers["x-outside"]).toBe("1");
    expect(request.params).toEqual({ Author: "added" });
  });

  it("begins with the request, and changes what is sent and returned", async () => {
    const seen: object[] = [];
    const feature: Feature = {
      name: "outside",
      begin: (input) => void seen.push(input),
      codec: (codec) => ({
        ...codec,
        serialize: (input) => codec.serialize({ ...input, Author: "changed" }),
        readOutput: (response) => ({ ...codec.readOutput(response), Token: "added" }),
      }),
    };
    const { endpoint, hits } = await serve(json(200, { Books: [{ Pages: "12", Else: 1 }] }));
    const Outside = withParts({}, { features: [feature] });
    const request = new Outside({ ...options, endpoint }).makeRequest("listBooks", { Author: "a" });
    expect(seen).toEqual([]);
    const outcomeOf = request.promise();
    expect(seen).toEqual([{ Author: "a" }]);
    expect(await outcomeOf).toEqual({ Books: [{ Pages: 12 }], Token: "added" });
    expect(hits[0]?.body).toBe('{"Author":"changed"}');
    const untyped = new Outside({ ...options, endpoint, convertResponseTypes: false }).makeRequest("listBooks");
    expect(await untyped.promise()).toEqual({ Books: [{ Pages: "12", Else: 1 }], Token: "added" });
  });

  it("fails the request where a hook fails", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    const failing: readonly Partial<Feature>[] = [
      { input: () => Promise.reject(new Error("input")) },
      { message: () => Promise.reject(new Error("message")) },
      { response: () => Promise.reject(new Error("response")) },
    ];
    for (const hooks of failing) {
      const Failing = withParts({}, { features: [{ name: "failing", ...hooks } as Feature] });
      const { err } = await outcome(new Failing({ ...options, endpoint, maxRetries: 0 }).makeRequest("listBooks"));
      expect(err).toMatchObject({ message: Object.keys(hooks)[0] });
    }
    expect(hits).toHaveLength(1);
  });
});
