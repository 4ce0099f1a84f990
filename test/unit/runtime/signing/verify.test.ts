import { describe, expect, test } from "vitest";
import type { ReceivedRequest } from "#runtime/signing/parse-signature.js";
import { presignRequest } from "#runtime/signing/presign.js";
import { signRequest } from "#runtime/signing/sign.js";
import { verifyRequest, type VerifyOptions } from "#runtime/signing/verify.js";
import { call, credentials, options, temporary } from "./support.js";

const { date: now, region, service } = options;
const lookup: VerifyOptions["lookup"] = (id) => (id === credentials.accessKeyId ? credentials : undefined);
const trust: VerifyOptions = { lookup, region, service, now };
const trustTemporary: VerifyOptions = { ...trust, lookup: () => temporary };
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const signed = signRequest(call, options);
const presigned = presignRequest(call, { ...options, expiresIn: 60 });
const withHeader = (name: string, value: string | undefined): ReceivedRequest => ({
  ...signed,
  headers: { ...signed.headers, [name]: value },
});
const editAuthorization = (pattern: string | RegExp, replacement: string) =>
  withHeader("authorization", signed.headers["authorization"]?.replace(pattern, replacement));

describe("accepts", () => {
  const authentic = { ok: true, accessKeyId: "AKIDTEST", region: "eu-central-1" };

  test("the header form", () => {
    expect(verifyRequest(signed, trust)).toMatchObject(authentic);
    expect(verifyRequest(signRequest(call, { ...options, credentials: temporary }), trustTemporary)).toMatchObject(
      authentic,
    );
  });

  test("the query form", () => {
    expect(verifyRequest(presigned, trust)).toMatchObject(authentic);
    expect(verifyRequest(presignRequest(call, { ...options, credentials: temporary }), trustTemporary)).toMatchObject(
      authentic,
    );
  });

  test("any region where none is expected", () => {
    const elsewhere = signRequest(call, { ...options, region: "us-gov-west-1" });
    expect(verifyRequest(elsewhere, { lookup, service, now })).toMatchObject({ ...authentic, region: "us-gov-west-1" });
  });

  test("headers that came several times", () => {
    const headers = { ...call.headers, "x-amz-list": "a,b" };
    const request = signRequest({ ...call, headers }, options);
    const received = { ...request, headers: { ...request.headers, "x-amz-list": ["a", " b "] } };
    expect(verifyRequest(received, trust)).toMatchObject(authentic);
  });

  test("unsigned headers that are not AWS's", () => {
    expect(verifyRequest(withHeader("via", "1.1 proxy"), trust)).toMatchObject(authentic);
  });

  test("an unsigned session token that is the right one", () => {
    const request = signRequest(call, { ...options, credentials: temporary, omitSessionToken: true });
    expect(verifyRequest(request, trustTemporary)).toMatchObject(authentic);
  });

  test("an unsigned body where the service allows it", () => {
    const request = signRequest(call, { ...options, unsignedPayload: true });
    const changed = { ...request, body: "changed" };
    expect(verifyRequest(changed, { ...trust, unsignedPayload: true })).toMatchObject(authentic);
    expect(verifyRequest(changed, trust)).toMatchObject({ ok: false, code: "InvalidSignatureException" });
    expect(verifyRequest(presigned, { ...trust, unsignedPayload: true })).toMatchObject({ ok: false });
  });

  test("the query form until its end", () => {
    expect(verifyRequest(presigned, { ...trust, now: later(59) })).toMatchObject(authentic);
  });

  test("clocks that differ by up to five minutes", () => {
    expect(verifyRequest(signed, { ...trust, now: later(299) })).toMatchObject(authentic);
    expect(verifyRequest(signed, { ...trust, now: later(-299) })).toMatchObject(authentic);
  });
});

describe("refuses", () => {
  const unsignedHeader = { ...signed, headers: { ...call.headers } };
  const rejections: readonly [
    what: string,
    request: ReceivedRequest,
    code: string,
    message: RegExp,
    trusted?: VerifyOptions,
  ][] = [
    ["no signature", unsignedHeader, "MissingAuthenticationToken", /Missing Authentication Token/],
    ["another scheme", withHeader("authorization", "Bearer x"), "IncompleteSignature", /begin with AWS4-HMAC-SHA256/],
    [
      "missing parts",
      withHeader("authorization", "AWS4-HMAC-SHA256 Credential=a"),
      "IncompleteSignature",
      /'SignedHeaders' parameter.*'Signature' parameter/,
    ],
    ["no date", withHeader("x-amz-date", undefined), "IncompleteSignature", /X-Amz-Date/],
    ["a date that is none", withHeader("x-amz-date", "20260304"), "IncompleteSignature", /ISO-8601/],
    ["a scope of another form", editAuthorization("/aws4_request", "/aws4"), "InvalidSignature", /aws4_request/],
    [
      "a scope of another day",
      editAuthorization("/20260304/", "/20260303/"),
      "InvalidSignature",
      /Date in Credential scope/,
    ],
    ["an unknown key", editAuthorization("AKIDTEST", "AKIDOTHER"), "UnrecognizedClient", /token.*is invalid/],
    ["a token that is missing", signed, "UnrecognizedClient", /token.*is invalid/, trustTemporary],
    ["a token too many", withHeader("x-amz-security-token", "x"), "UnrecognizedClient", /token.*is invalid/],
    [
      "an expired token",
      signRequest(call, { ...options, credentials: temporary }),
      "ExpiredToken",
      /is expired/,
      { ...trust, lookup: () => ({ ...temporary, expiration: now }) },
    ],
    [
      "another region",
      signed,
      "InvalidSignature",
      /valid region, not 'eu-central-1'/,
      { ...trust, region: "us-east-1" },
    ],
    ["another service", signed, "InvalidSignature", /correct service: 's3'/, { ...trust, service: "s3" }],
    [
      "a signature from the past",
      signed,
      "InvalidSignature",
      /^Signature expired: 20260304T050607Z is now earlier than 20260304T050608Z/,
      { ...trust, now: later(301) },
    ],
    [
      "a signature from the future",
      signed,
      "InvalidSignature",
      /^Signature not yet current/,
      { ...trust, now: later(-302) },
    ],
    [
      "a query form that has expired",
      presigned,
      "InvalidSignature",
      /^Signature expired/,
      { ...trust, now: later(61) },
    ],
    ["an unsigned host", editAuthorization("host;", ""), "InvalidSignature", /'Host' must be/],
    ["an unsigned AWS header", withHeader("x-amz-extra", "1"), "InvalidSignature", /not signed: x-amz-extra/],
    [
      "a changed header",
      withHeader("x-amz-target", "CloudTrail_20131101.DeleteTrail"),
      "InvalidSignature",
      /does not match/,
    ],
    ["a changed body", { ...signed, body: "{}" }, "InvalidSignature", /does not match/],
    ["a changed method", { ...signed, method: "PUT" }, "InvalidSignature", /does not match/],
    ["a changed path", { ...signed, path: "/other" }, "InvalidSignature", /does not match/],
    ["a changed query", { ...signed, query: "a=1" }, "InvalidSignature", /does not match/],
    ["a changed query form", { ...presigned, query: `${presigned.query}&a=1` }, "InvalidSignature", /does not match/],
    [
      "a query form prolonged",
      { ...presigned, query: presigned.query.replace("Expires=60", "Expires=61") },
      "InvalidSignature",
      /does not match/,
    ],
    [
      "a query form without end",
      { ...presigned, query: presigned.query.replace("Expires=60", "Expires=9999999") },
      "IncompleteSignature",
      /X-Amz-Expires/,
    ],
    [
      "a query form with parts missing",
      { ...presigned, query: "X-Amz-Algorithm=AWS4-HMAC-SHA256" },
      "IncompleteSignature",
      /X-Amz-Credential/,
    ],
    ["a cut signature", editAuthorization(/Signature=..../, "Signature="), "InvalidSignature", /does not match/],
    [
      "another secret",
      signed,
      "InvalidSignature",
      /does not match/,
      { ...trust, lookup: () => ({ secretAccessKey: "x" }) },
    ],
  ];

  test.for(rejections)("%s", ([, request, code, message, trusted = trust]) => {
    expect(verifyRequest(request, trusted)).toEqual({
      ok: false,
      code: `${code}Exception`,
      message: expect.stringMatching(message) as string,
    });
  });

  test("a wrong signature, showing what it signed but no session token", () => {
    for (const sign of [signRequest, presignRequest]) {
      const request = sign(call, { ...options, credentials: temporary });
      const result = verifyRequest({ ...request, method: "PUT" }, trustTemporary);
      if (result.ok) throw new Error("was accepted");
      expect(result.message).toContain("Canonical String for this request should have been\n'PUT\n/\n");
      expect(result.message).toContain("String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260304T050607Z\n");
      expect(result.message).not.toContain(temporary.sessionToken);
      expect(result.message).not.toContain(encodeURIComponent(temporary.sessionToken));
    }
  });
});
