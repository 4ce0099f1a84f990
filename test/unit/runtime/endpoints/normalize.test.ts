import { describe, expect, it } from "vitest";
import { ConfigurationError } from "#runtime/errors/index.js";
import { type EndpointParts, normalizeEndpoint } from "#runtime/endpoints/url.js";

describe("normalizeEndpoint", () => {
  it.each<[string | URL | EndpointParts, string]>([
    ["https://a.com", "https://a.com"],
    ["HTTP://A.com:80/base/", "http://a.com/base"],
    ["http://localhost:4566", "http://localhost:4566"],
    [new URL("http://127.0.0.1:8000/x/"), "http://127.0.0.1:8000/x"],
    [{ hostname: "a.com" }, "https://a.com"],
    [{ protocol: "http:", hostname: "a.com", port: 8000, path: "/x/" }, "http://a.com:8000/x"],
    [{ protocol: "http", hostname: "[::1]", path: "x" }, "http://[::1]/x"],
  ])("%j", (option, wanted) => {
    expect(normalizeEndpoint(option)).toBe(wanted);
  });

  it.each<[unknown, RegExp]>([
    ["localhost:8000", /^endpoint must be a URL such as https:\/\/host:port, got "localhost:8000"$/],
    ["", /must be a URL .* got ""$/],
    [undefined, /got undefined$/],
    [null, /got null$/],
    [8000, /got 8000$/],
    [() => "https://a.com", /got a function$/],
    [{ host: "a.com" }, /got an object with host$/],
    [{}, /got an object with no fields$/],
    [{ hostname: "" }, /got an object with hostname$/],
    [{ hostname: "a.com/b" }, /must be a URL/],
    [{ hostname: "jo@a.com" }, /must be a URL/],
    [{ hostname: "a.com", port: "80" }, /must be a URL/],
    [{ hostname: "a.com", port: 99999 }, /must be a URL/],
    [{ protocol: "ws:", hostname: "a.com" }, /must be a URL .* got "ws:\/\/a\.com"$/],
    ["https://a.com?x=1", /must not contain a query or fragment/],
    ["https://jo:secret@a.com", /must not contain a user name or password, got "https:\/\/\*\*\*@a\.com"$/],
    [new URL("https://jo:secret@a.com/"), /must not contain a user name or password, got "https:\/\/\*\*\*@a\.com\/"$/],
  ])("%j is rejected", (option, message) => {
    expect(() => normalizeEndpoint(option as string)).toThrow(ConfigurationError);
    expect(() => normalizeEndpoint(option as string)).toThrow(message);
  });

  it("rejects what cannot be turned into JSON like anything else", () => {
    const circular: Record<string, unknown> = { size: 1n };
    circular["self"] = circular;
    expect(() => normalizeEndpoint(circular as never)).toThrow(/got an object with size, self$/);
  });
});
