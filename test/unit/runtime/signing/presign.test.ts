import { Readable } from "node:stream";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { ConfigurationError } from "#runtime/errors/index.js";
import { presignRequest, presignRequestInSteps } from "#runtime/signing/presign.js";
import { signRequest } from "#runtime/signing/sign.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { options, temporary } from "./support.js";

const download: HttpRequest = {
  method: "GET",
  origin: "https://example.com",
  path: "/file%20one",
  query: "version=3",
  headers: { host: "example.com" },
};

const parametersOf = (request: HttpRequest) => Object.fromEntries(new URLSearchParams(request.query));

test("puts the whole signature into the query", () => {
  const frozen = Object.freeze({ ...download, headers: Object.freeze({ ...download.headers }) });
  const signed = presignRequest(frozen, options);
  expect(parametersOf(signed)).toEqual({
    version: "3",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIDTEST/20260304/eu-central-1/cloudtrail/aws4_request",
    "X-Amz-Date": "20260304T050607Z",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Expires": "900",
    "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(signed.headers).toEqual(download.headers);
  expect(frozen).toEqual(download);
});

test("returns the signature that the official signer gives", async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = temporary;
  const official = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    region: options.region,
    service: options.service,
    sha256: Sha256,
  });
  const { query } = await official.presign(
    {
      method: "GET",
      protocol: "https:",
      hostname: "example.com",
      path: "/file%20one",
      query: { version: "3" },
      headers: { host: "example.com" },
    },
    { signingDate: options.date, expiresIn: 60 },
  );
  expect(parametersOf(presignRequest(download, { ...options, credentials: temporary, expiresIn: 60 }))).toEqual(query);
});

test("replaces earlier signatures in the query and the headers", () => {
  const again = presignRequest(presignRequest(download, { ...options, credentials: temporary }), options);
  expect(again).toEqual(presignRequest(download, options));
  expect(presignRequest(signRequest(download, { ...options, credentials: temporary }), options)).toEqual(again);
});

test("signs UNSIGNED-PAYLOAD for a streaming body", () => {
  const stream = Readable.from(["text"]);
  const { steps } = presignRequestInSteps({ ...download, method: "PUT", stream }, options);
  expect(steps.canonicalRequest.endsWith("\nUNSIGNED-PAYLOAD")).toBe(true);
});

test("signs UNSIGNED-PAYLOAD where asked", () => {
  const { steps } = presignRequestInSteps({ ...download, method: "PUT" }, { ...options, unsignedPayload: true });
  expect(steps.canonicalRequest.endsWith("\nUNSIGNED-PAYLOAD")).toBe(true);
});

test.for([0, -1, 1.5, 604_801, Number.NaN])("cannot be valid for %s seconds", (expiresIn) => {
  expect(() => presignRequest(download, { ...options, expiresIn })).toThrow(ConfigurationError);
});

test("is of now where no date is given", () => {
  const { date: _, ...undated } = options;
  const { "X-Amz-Date": date = "" } = parametersOf(presignRequest(download, undated));
  const [, day = "", time = ""] = /^(\d{8})T(\d{6})Z$/.exec(date) ?? [];
  const iso = `${day.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}Z`;
  expect(Math.abs(Date.parse(iso) - Date.now())).toBeLessThan(60_000);
});
