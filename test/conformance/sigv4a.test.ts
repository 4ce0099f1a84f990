import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { signAsymmetricInSteps } from "#runtime/signing/sigv4a.js";
import { keyPairOf } from "#runtime/signing/ecdsa.js";
import { verifyRequest } from "#runtime/signing/verify.js";
import { sharedPath } from "../support/shared.js";
import { type Case, optionsOf, parseRequest, text } from "./support/signing-case.js";

interface AsymmetricCase extends Case {
  /** Coordinates in hexadecimal. */
  readonly "public-key": { readonly X: string; readonly Y: string };
}

const path = sharedPath("conformance/sigv4/v4a.json");
const cases: AsymmetricCase[] = path ? (JSON.parse(readFileSync(path, "utf8")) as AsymmetricCase[]) : [];

/** Cases that hold a request and nothing to compare with. */
const bare = ["get-vanilla-query-order-key", "get-vanilla-query-order-value"];
const whole = cases.filter(({ name }) => !bare.includes(name));

/** Two signatures of one text differ, so that it is verified instead of compared. */
describe.skipIf(!path)("AWS signing test suite, version 4A", () => {
  test("has its 40 cases, 2 of which say nothing to compare with", () => {
    expect(cases).toHaveLength(40);
    expect(cases.filter((given) => !("header-canonical-request" in given)).map(({ name }) => name)).toEqual(bare);
  });

  test.for(whole)("$name, header form", (given) => {
    const { region, ...options } = optionsOf(given);
    const signed = signAsymmetricInSteps(parseRequest(text(given, "request")), { ...options, regionSet: [region] });
    const { canonicalRequest, stringToSign, signature } = signed.steps;
    expect(canonicalRequest).toBe(text(given, "header-canonical-request"));
    expect(stringToSign).toBe(text(given, "header-string-to-sign"));
    expect(isSignatureOf(stringToSign, signature, given)).toBe(true);
    // The check is one that the suite's own signature passes, and a changed text does not.
    expect(isSignatureOf(stringToSign, text(given, "header-signature"), given)).toBe(true);
    expect(isSignatureOf(`${stringToSign} `, signature, given)).toBe(false);

    const withoutSignature = (request: ReturnType<typeof parseRequest>) => ({
      ...request,
      headers: { ...request.headers, authorization: request.headers["authorization"]?.replace(/Signature=.*/, "") },
    });
    expect(withoutSignature(signed.request)).toEqual(
      withoutSignature(parseRequest(text(given, "header-signed-request"))),
    );
    expect(signed.request.headers["authorization"]).toContain(`Signature=${signature}`);
  });

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

  test.for(whole)("$name, the key", (given) => {
    const { accessKeyId, secretAccessKey } = optionsOf(given).credentials;
    const { X, Y } = given["public-key"];
    expect(Buffer.from(keyPairOf(accessKeyId, secretAccessKey).publicKey).toString("hex")).toBe(`04${X}${Y}`);
  });
});

function isSignatureOf(signedText: string, signature: string, given: AsymmetricCase): boolean {
  return verify("sha256", Buffer.from(signedText), publicKeyOf(given), Buffer.from(signature, "hex"));
}

function publicKeyOf({ "public-key": { X, Y } }: AsymmetricCase): KeyObject {
  const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");
  return createPublicKey({ key: { kty: "EC", crv: "P-256", x: base64(X), y: base64(Y) }, format: "jwk" });
}
