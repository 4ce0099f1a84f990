import { describe, expect, it } from "vitest";
import type { AuthScheme } from "#runtime/auth/auth-scheme.js";
import { sigv4 } from "#runtime/auth/sigv4.js";
import { sigv4a } from "#runtime/auth/sigv4a.js";
import type { ClientOptions } from "#runtime/config/options.js";
import type { CallContext } from "#runtime/features/context.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import type { Operation } from "#runtime/schema/service.js";
import { callOf, contextOf, putThing, service } from "../features/support.js";

interface Given {
  readonly operation?: Partial<Operation>;
  readonly options?: ClientOptions;
  /** The entry of the endpoint's `authSchemes`. */
  readonly entry?: object;
  /** More entries. */
  readonly others?: readonly object[];
  readonly changes?: Partial<CallContext>;
}

async function sign(scheme: AuthScheme, { operation, options, entry, others = [], changes }: Given = {}) {
  const of = {
    ...service,
    resolveEndpoint: () => ({
      url: "https://demo.test",
      ...(entry && { properties: { authSchemes: [entry, ...others] } }),
    }),
  };
  const context = await contextOf(callOf({ ...putThing, ...operation }, options, of), {}, changes);
  context.state.attempts = 2;
  const request: HttpRequest = await scheme.sign(context);
  return { context, request, headers: request.headers };
}

describe("sigv4", () => {
  it("signs for the service's signing name in the client's Region, with the hash of the body and the number of the attempt", async () => {
    const { headers, context } = await sign(sigv4());
    expect(headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/us-east-1\/demo\/aws4_request, SignedHeaders=amz-sdk-request;.*x-amz-content-sha256/,
    );
    expect(headers).toMatchObject({ "amz-sdk-request": "attempt=2; max=3" });
    expect(headers["x-amz-content-sha256"]).toMatch(/^[\da-f]{64}$/);
    expect(sigv4().describe(context)).toMatch(/^for demo in us-east-1, dated \d{4}-.*Z \(clock offset 0 ms\)$/);
  });

  it("signs as the endpoint says", async () => {
    const entry = { name: "sigv4", signingName: "other", signingRegion: "eu-west-1" };
    expect((await sign(sigv4(), { entry })).headers["authorization"]).toContain("/eu-west-1/other/aws4_request");
  });

  it("signs for the scope of its own entry, whichever entry the endpoint lists first", async () => {
    const entry = { name: "sigv4a", signingName: "first", signingRegionSet: ["*"] };
    const others = [{ name: "sigv4", signingName: "second", signingRegion: "eu-west-1" }];
    const { headers, context } = await sign(sigv4(), { entry, others });
    expect(headers["authorization"]).toContain("/eu-west-1/second/aws4_request");
    expect(sigv4().describe(context)).toContain("for second in eu-west-1");
    const asymmetric = await sign(sigv4a(), { entry: others[0] ?? {}, others: [entry] });
    expect(asymmetric.headers["authorization"]).toContain("/first/aws4_request");
    expect(asymmetric.headers["x-amz-region-set"]).toBe("*");
  });

  it("leaves a body unsigned where the operation's trait states it, unless the request states its hash", async () => {
    const operation = { unsignedPayload: true } as const;
    expect((await sign(sigv4(), { operation })).headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
    const { context } = await sign(sigv4());
    const request = { ...context.request, headers: { ...context.request.headers, "x-amz-content-sha256": "stated" } };
    const stated = await sign(sigv4(), { operation, changes: { request } });
    expect(stated.headers["x-amz-content-sha256"]).toBe("stated");
  });

  it("dates the signature by the client's clock, and remembers what it signed with", async () => {
    const { headers, context } = await sign(sigv4(), { options: { systemClockOffset: 86_400_000 } });
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
    expect(headers["x-amz-date"]).toContain(day);
    expect(context.state).toMatchObject({ clockOffset: 86_400_000, signedWith: { accessKeyId: "AKID" } });
  });

  it("leaves a request of a service without a signing name as it is", async () => {
    const { signingName: _none, ...unsigned } = service;
    const context = await contextOf(callOf(putThing, {}, unsigned));
    expect(sigv4().sign(context)).toBe(context.request);
    expect(sigv4().describe(context)).toBe("no");
  });

  it("returns no promise where the credentials are at hand", async () => {
    const context = await contextOf(callOf(putThing));
    expect(sigv4().sign(context)).not.toBeInstanceOf(Promise);
  });

  it("has its identity from the option credentials, else from the chain", () => {
    expect(sigv4().identity(callOf(putThing).client)).toBe("option");
    expect(sigv4().identity(callOf(putThing, { credentials: undefined }).client)).toBe("chain");
  });
});

describe("sigv4a", () => {
  it("signs for the Regions that the endpoint names, else for the client's", async () => {
    const entry = { name: "sigv4a", signingName: "other", signingRegionSet: ["eu-*", "us-*"] };
    const { headers } = await sign(sigv4a(), { entry });
    expect(headers["authorization"]).toMatch(/^AWS4-ECDSA-P256-SHA256 Credential=AKID\/\d{8}\/other\/aws4_request, /);
    expect(headers["x-amz-region-set"]).toBe("eu-*,us-*");
    expect((await sign(sigv4a())).headers["x-amz-region-set"]).toBe("us-east-1");
  });
});
