import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { keyPairOf } from "#runtime/signing/ecdsa.js";
import { presignInSteps } from "#runtime/signing/presign.js";
import { asymmetricAlgorithm, signAsymmetricInSteps } from "#runtime/signing/sigv4a.js";
import { sharedPath } from "../../support/shared.js";
import { type Case, optionsOf, parseRequest, text } from "./signing-case.js";

interface AsymmetricCase extends Case {
  /** Coordinates in hexadecimal. */
  readonly "public-key": { readonly X: string; readonly Y: string };
}

export const path = sharedPath("conformance/sigv4/v4a.json");
const cases: AsymmetricCase[] = path ? (JSON.parse(readFileSync(path, "utf8")) as AsymmetricCase[]) : [];

/** Cases that hold a request and nothing to compare with. */
const bare = ["get-vanilla-query-order-key", "get-vanilla-query-order-value"];
export const whole = cases.filter(({ name }) => !bare.includes(name));

/**
 * The suite, for one platform's cryptography. Two signatures of one text differ, so that it is verified instead of
 * compared.
 */
export function describeSigv4aSuite(title: string): void {
  describe.skipIf(!path)(title, () => {
    test("has its 40 cases, 2 of which have nothing to compare with", () => {
      expect(cases).toHaveLength(40);
      expect(cases.filter((given) => !("header-canonical-request" in given)).map(({ name }) => name)).toEqual(bare);
    });

    test.for(whole)("$name, header form", async (given) => {
      const { region, ...options } = optionsOf(given);
      const unsigned = parseRequest(text(given, "request"));
      const signed = await signAsymmetricInSteps(unsigned, { ...options, regionSet: [region] });
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

    test.for(whole)("$name, query form", async (given) => {
      const { expiration_in_seconds: expiresIn } = given.context;
      const options = optionsOf(given);
      const algorithm = asymmetricAlgorithm({ ...options, regionSet: [options.region] });
      const unsigned = parseRequest(text(given, "request"));
      const { request, steps } = await presignInSteps(unsigned, { ...options, expiresIn, algorithm });
      expect(steps.canonicalRequest).toBe(text(given, "query-canonical-request"));
      expect(steps.stringToSign).toBe(text(given, "query-string-to-sign"));
      expect(isSignatureOf(steps.stringToSign, steps.signature, given)).toBe(true);
      // The order of parameters is not signed, and the suite has another one for a token that is added later.
      const withoutSignature = ({ query, ...rest }: typeof request) => ({
        ...rest,
        query: query
          .split("&")
          .filter((each) => !each.startsWith("X-Amz-Signature="))
          .toSorted(),
      });
      expect(withoutSignature(request)).toEqual(withoutSignature(parseRequest(text(given, "query-signed-request"))));
      expect(request.query).toContain(`X-Amz-Signature=${steps.signature}`);
    });

    test.for(whole)("$name, the key", (given) => {
      const { accessKeyId, secretAccessKey } = optionsOf(given).credentials;
      const { X, Y } = given["public-key"];
      expect(Buffer.from(keyPairOf(accessKeyId, secretAccessKey).publicKey).toString("hex")).toBe(`04${X}${Y}`);
    });
  });
}

function isSignatureOf(signedText: string, signature: string, given: AsymmetricCase): boolean {
  return verify("sha256", Buffer.from(signedText), publicKeyOf(given), Buffer.from(signature, "hex"));
}

function publicKeyOf({ "public-key": { X, Y } }: AsymmetricCase): KeyObject {
  const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");
  return createPublicKey({ key: { kty: "EC", crv: "P-256", x: base64(X), y: base64(Y) }, format: "jwk" });
}
