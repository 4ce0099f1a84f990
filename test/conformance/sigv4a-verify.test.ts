import { describe, expect, test } from "vitest";
import { verifyRequest } from "#runtime/signing/verify.js";
import { optionsOf, parseRequest, text } from "./support/signing-case.js";
import { path, whole } from "./support/sigv4a-suite.js";

describe.skipIf(!path)("AWS signing test suite, version 4A, verified", () => {
  test.for(whole)("$name, as a service verifies it", (given) => {
    const { credentials, date, service, region, ...options } = optionsOf(given);
    const request = parseRequest(text(given, "header-signed-request"));
    const trust = { lookup: () => credentials, service, now: date, ...options };
    expect(verifyRequest(request, trust)).toMatchObject({ ok: true, accessKeyId: credentials.accessKeyId, region });
    const changed = { ...request, query: `${request.query}&other=1` };
    expect(verifyRequest(changed, trust)).toMatchObject({ ok: false, code: "InvalidSignatureException" });
    const { "x-amz-region-set": _regions, ...headers } = request.headers;
    expect(verifyRequest({ ...request, headers }, trust)).toMatchObject({ ok: false });
  });
});
