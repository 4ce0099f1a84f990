import { describe, expect, it } from "vitest";
import { type ApiKeyLocation, httpApiKey } from "#runtime/auth/http-api-key.js";
import type { ClientOptions } from "#runtime/config/options.js";
import type { CallContext } from "#runtime/features/context.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { callOf, contextOf, putThing, service } from "../features/support.js";

async function signed(location: ApiKeyLocation, apiKey: string, query = ""): Promise<HttpRequest> {
  const scheme = httpApiKey(location);
  const of = { ...service, authSchemes: [scheme], authOptions: ["apiKey"] };
  const context: CallContext = await contextOf(callOf(putThing, { apiKey } as ClientOptions, of));
  return scheme.sign({ ...context, request: { ...context.request, query } });
}

describe("httpApiKey", () => {
  it.each([
    [{ name: "X-Key", in: "header" }, "k"],
    [{ name: "Authorization", in: "header", scheme: "ApiKey" }, "ApiKey k"],
  ] as const)("sends the key in a header: %j", async (location, value) => {
    const request = await signed(location, "k");
    const name = location.name.toLowerCase();
    expect(request.headers[name]).toBe(value);
    expect(httpApiKey(location).redact?.(request).headers[name]).toBe(value.replace(/k$/, "***"));
  });

  it.each([
    ["", "api%20key=a%26b"],
    ["x=1&y=2", "x=1&y=2&api%20key=a%26b"],
  ])("sends the key in the query, after %j", async (query, expected) => {
    const location = { name: "api key", in: "query" } as const;
    const request = await signed(location, "a&b", query);
    expect(request.query).toBe(expected);
    expect(httpApiKey(location).redact?.(request).query).toBe(expected.replace("a%26b", "***"));
  });

  it("has nothing to redact in a request that was not signed", async () => {
    const { headers, ...request } = await signed({ name: "x-key", in: "header" }, "k");
    const { "x-key": _, ...unsigned } = headers;
    const given = { ...request, headers: unsigned };
    expect(httpApiKey({ name: "x-key", in: "header" }).redact?.(given)).toEqual(given);
  });
});
