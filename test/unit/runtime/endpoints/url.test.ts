import { describe, expect, it } from "vitest";
import { EndpointError } from "#runtime/errors/index.js";
import { parseEndpointUrl } from "#runtime/endpoints/url.js";

describe("parseEndpointUrl", () => {
  it.each([
    ["https://a.com", "https://a.com", "a.com", ""],
    ["https://a.com/", "https://a.com", "a.com", ""],
    ["https://A.com:443/base/", "https://a.com", "a.com", "/base"],
    ["http://a.com:80", "http://a.com", "a.com", ""],
    ["http://127.0.0.1:8000/a/b//", "http://127.0.0.1:8000", "127.0.0.1:8000", "/a/b"],
    ["https://[::1]:8443/x", "https://[::1]:8443", "[::1]:8443", "/x"],
    ["https://a.com/b%2Fc/ä", "https://a.com", "a.com", "/b%2Fc/%C3%A4"],
    ["https://a.com/a.b/..c/...", "https://a.com", "a.com", "/a.b/..c/..."],
    ["https://a.com/x@y", "https://a.com", "a.com", "/x@y"],
  ])("%j", (url, origin, host, path) => {
    expect(parseEndpointUrl(url)).toEqual({ origin, host, path });
  });

  it.each([
    ["a.com", /must be a URL such as https:\/\/host:port, got "a\.com"$/],
    ["ftp://a.com", /must be a URL/],
    ["https:a.com", /must be a URL/],
    ["https://", /must be a URL/],
    ["https://a.com:99999", /must be a URL/],
    ["https://a.com?x", /query or fragment/],
    ["https://a.com/#", /query or fragment/],
    ["https://a b.com", /spaces/],
    ["https://a.com/\n", /control characters/],
    ["https://a.com\\b", /backslashes/],
    ["https://a.com/..", /"\." or "\.\."/],
    ["https://a.com/b/./c", /"\." or "\.\."/],
    ["https://a.com/%2e%2E/c", /"\." or "\.\."/],
    ["https://@a.com", /user name or password/],
  ])("%j is rejected", (url, message) => {
    expect(() => parseEndpointUrl(url)).toThrow(EndpointError);
    expect(() => parseEndpointUrl(url)).toThrow(message);
  });

  it.each(["https://jo:secret@a.com", "https://jo:sec/ret@a.com", "jo:secret@a.com", "https://jo:sec\nsecret@a.com"])(
    "shows no credentials of %j",
    (url) => {
      expect(() => parseEndpointUrl(url)).toThrow(/^(?!.*(?:jo|sec|ret@)).*\*\*\*@a\.com"$/);
    },
  );

  it("shows little of a long text", () => {
    expect(() => parseEndpointUrl("x".repeat(5000))).toThrow(/^.{0,300}$/);
  });
});
