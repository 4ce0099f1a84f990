import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { presignRequestInSteps } from "#runtime/signing/presign.js";
import { signRequestInSteps } from "#runtime/signing/sign.js";
import { verifyRequest } from "#runtime/signing/verify.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { sharedPath } from "../support/shared.js";
import { type Case, optionsOf, parseRequest, text } from "./support/signing-case.js";

const path = sharedPath("conformance/sigv4/v4.json");
const cases: Case[] = path ? (JSON.parse(readFileSync(path, "utf8")) as Case[]) : [];

describe.skipIf(!path)("AWS signing test suite", () => {
  test("has its 38 cases", () => {
    expect(cases).toHaveLength(38);
  });

  test.for(cases)("$name, header form", (given) => {
    const { request, steps } = signRequestInSteps(parseRequest(text(given, "request")), optionsOf(given));
    expect(steps.canonicalRequest).toBe(text(given, "header-canonical-request"));
    expect(steps.stringToSign).toBe(text(given, "header-string-to-sign"));
    expect(steps.signature).toBe(text(given, "header-signature"));
    expect(request).toEqual(parseRequest(text(given, "header-signed-request")));
    expect(verify(request, given)).toMatchObject({ ok: true });
  });

  test.for(cases)("$name, query form", (given) => {
    const { expiration_in_seconds: expiresIn } = given.context;
    const unsigned = parseRequest(text(given, "request"));
    const { request, steps } = presignRequestInSteps(unsigned, { ...optionsOf(given), expiresIn });
    expect(steps.canonicalRequest).toBe(text(given, "query-canonical-request"));
    expect(steps.stringToSign).toBe(text(given, "query-string-to-sign"));
    expect(steps.signature).toBe(text(given, "query-signature"));
    expect(request).toEqual(parseRequest(text(given, "query-signed-request")));
    // A query does not show that the token was added after signing, so that it is taken as signed.
    expect(verify(request, given).ok).toBe(!given.context.omit_session_token);
  });
});

function verify(request: HttpRequest, given: Case) {
  const { credentials, region, service, date, normalizePath, doubleEncodePath } = optionsOf(given);
  const lookup = (id: string) => (id === credentials.accessKeyId ? credentials : undefined);
  return verifyRequest(request, { lookup, region, service, now: date, normalizePath, doubleEncodePath });
}
