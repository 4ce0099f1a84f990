import { Readable } from "node:stream";
import * as fc from "../../../support/fast-check.js";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "#runtime/errors/index.js";
import { signRequest, signRequestInSteps } from "#runtime/signing/sign.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { verifySignature } from "../../../support/verify-signature.js";
import { call, options, temporary } from "./support.js";

describe("signRequest", () => {
  test("signs a call so that the official signer agrees", async () => {
    const signed = signRequest(call, options);
    expect(signed.headers["x-amz-date"]).toBe("20260304T050607Z");
    expect(signed.headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDTEST\/20260304\/eu-central-1\/cloudtrail\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
    await verifySignature(signed, options);
  });

  test("leaves the request that it is given as it is", () => {
    const frozen = Object.freeze({ ...call, headers: Object.freeze({ ...call.headers }) });
    const signed = signRequest(frozen, options);
    expect(signed.headers).not.toBe(frozen.headers);
    expect(frozen).toEqual(call);
    expect(signed).toMatchObject({ method: "POST", origin: call.origin, path: "/", query: "", body: call.body });
  });

  test("signs and sends the session token", async () => {
    const signed = signRequest(call, { ...options, credentials: temporary });
    expect(signed.headers["x-amz-security-token"]).toBe(temporary.sessionToken);
    expect(signed.headers["authorization"]).toContain(";x-amz-security-token;");
    await verifySignature(signed, { ...options, credentials: temporary });
  });

  test("replaces an earlier signature with all that belonged to it", () => {
    const old = signRequest(call, { ...options, date: new Date(0), credentials: temporary });
    expect(signRequest(old, options)).toEqual(signRequest(call, options));
  });

  test("adds an unsigned session token after signing where asked", () => {
    const signed = signRequest(call, { ...options, credentials: temporary, omitSessionToken: true });
    const { authorization, "x-amz-security-token": token } = signed.headers;
    expect(token).toBe(temporary.sessionToken);
    expect(authorization).toBe(signRequest(call, options).headers["authorization"]);
  });

  test.for([
    "connection",
    "expect",
    "keep-alive",
    "proxy-authorization",
    "sec-fetch-mode",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
  ])("does not sign %s, which may change on the way", (name) => {
    const { steps, request } = signRequestInSteps({ ...call, headers: { ...call.headers, [name]: "x" } }, options);
    expect(steps.canonicalRequest).toBe(signRequestInSteps(call, options).steps.canonicalRequest);
    expect(request.headers[name]).toBe("x");
  });

  test("signs headers trimmed, with runs of white space as one space", () => {
    const headers = { host: "h", a: "  x \t y  ", b: '"in   quotes"', c: "", d: "one,  two" };
    const { steps } = signRequestInSteps({ ...call, headers }, options);
    expect(steps.canonicalRequest.split("\n").slice(3, 8)).toEqual([
      "a:x y",
      'b:"in quotes"',
      "c:",
      "d:one, two",
      "host:h",
    ]);
  });

  test("hashes text as UTF-8, so that text and its bytes are signed alike", () => {
    const bytes = { ...call, body: new TextEncoder().encode(String(call.body)) };
    expect(signRequest(bytes, options).headers).toEqual(signRequest(call, options).headers);
  });

  test("sends the body's hash where asked", async () => {
    const signed = signRequest(call, { ...options, signBody: true });
    expect(signed.headers["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
    await verifySignature(signed, options);
    const { body: _, ...empty } = call;
    const hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    expect(signRequest(empty, { ...options, signBody: true }).headers["x-amz-content-sha256"]).toBe(hashOfNothing);
  });

  test("signs UNSIGNED-PAYLOAD for a streaming body, which it leaves unread, unless its hash is stated", () => {
    const stream = Readable.from(["text"]);
    const { request, steps } = signRequestInSteps({ ...call, body: undefined, stream }, options);
    expect(request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
    expect(steps.canonicalRequest.endsWith("\nUNSIGNED-PAYLOAD")).toBe(true);
    expect(request.stream).toBe(stream);
    expect(stream.readableDidRead).toBe(false);
    const headers = { ...call.headers, "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };
    const stated = signRequestInSteps({ ...call, headers, body: undefined, stream }, options);
    expect(stated.steps.canonicalRequest.endsWith("\nSTREAMING-UNSIGNED-PAYLOAD-TRAILER")).toBe(true);
  });

  test("signs UNSIGNED-PAYLOAD on request, and states it in the request", () => {
    const { request, steps } = signRequestInSteps(call, { ...options, unsignedPayload: true });
    expect(request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
    expect(steps.canonicalRequest.endsWith("\nUNSIGNED-PAYLOAD")).toBe(true);
  });

  test("takes a stated hash of the body as it is", () => {
    const stated = { ...call, headers: { ...call.headers, "x-amz-content-sha256": "f".repeat(64) } };
    expect(signRequestInSteps(stated, options).steps.canonicalRequest.endsWith("f".repeat(64))).toBe(true);
  });

  test("rejects an invalid date with an error of ours", () => {
    expect(() => signRequest(call, { ...options, date: new Date(Number.NaN) })).toThrow(ConfigurationError);
  });

  test("agrees with the official signer on paths, queries, headers and bodies of all kinds", async () => {
    const encoded = fc.string({ unit: "grapheme" }).map(encodeURIComponent);
    const requests = fc.record({
      method: fc.constantFrom("GET", "PUT", "DELETE"),
      path: fc.array(fc.oneof(encoded, fc.constantFrom(".", "..", ""))).map((segments) => `/${segments.join("/")}`),
      // The official signer loses parameters with an empty name or of this one name.
      query: fc
        .uniqueArray(
          fc.tuple(
            encoded.filter((name) => name !== "" && name !== "__proto__"),
            encoded,
          ),
          { selector: ([name]) => name },
        )
        .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&")),
      value: fc.string(),
      body: fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array()),
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ value, ...request }) => {
        const headers = { host: "example.com", "x-amz-meta-value": value };
        const signed = signRequest({ ...request, origin: "https://example.com", headers }, options);
        await expect(verifySignature(signed, options)).resolves.toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

/** Path and query as they are in the canonical request. */
function canonical(request: Partial<HttpRequest>, s3 = false): { path: string | undefined; query: string | undefined } {
  const mode = s3 ? { normalizePath: false, doubleEncodePath: false } : {};
  const { steps } = signRequestInSteps({ ...call, ...request }, { ...options, ...mode });
  const [, path, query] = steps.canonicalRequest.split("\n");
  return { path, query };
}

describe("what the signature covers of the path and query", () => {
  test.for([
    ["", "/"],
    ["/a/./b/../c", "/a/c"],
    ["/../..", "/"],
    ["//a///b//", "/a/b/"],
    ["/...", "/..."],
    ["/%E1%88%B4", "/%25E1%2588%25B4"],
    ["/a%2Fb", "/a%252Fb"],
    ["/it's(1)*!", "/it%27s%281%29%2A%21"],
  ] as const)("signs the path %s as %s", ([sent, signed]) => {
    expect(canonical({ path: sent }).path).toBe(signed);
  });

  test.for([
    ["/a/./b/../c", "/a/./b/../c"],
    ["//a///b//", "//a///b//"],
    ["/%e1%88%b4", "/%E1%88%B4"],
    ["/a%2Fb%7e", "/a%2Fb~"],
    ["/100%", "/100%25"],
    ["/it's(1)*!", "/it%27s%281%29%2A%21"],
    ["/📦 key", "/%F0%9F%93%A6%20key"],
  ] as const)("S3: signs the path %s as %s", ([sent, signed]) => {
    expect(canonical({ path: sent }, true).path).toBe(signed);
  });

  test.for([
    ["b=2&a=1", "a=1&b=2"],
    ["key", "key="],
    ["key=", "key="],
    ["a=2&a=1&a=", "a=&a=1&a=2"],
    ["a-b=1&a=2&a.b=3", "a=2&a-b=1&a.b=3"],
    ["B=1&a=2&_=3", "B=1&_=3&a=2"],
    ["a=b=c", "a=b%3Dc"],
    ["a=x/y:z", "a=x%2Fy%3Az"],
    ["a=1+2", "a=1%2B2"],
    ["&a=1&&", "a=1"],
    ["%c3%a9=%7E", "%C3%A9=~"],
  ] as const)("signs the query %s as %s", ([sent, signed]) => {
    expect(canonical({ query: sent }).query).toBe(signed);
  });
});
