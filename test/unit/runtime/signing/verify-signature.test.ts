import { expect, test } from "vitest";
import { signRequest } from "#runtime/signing/sign.js";
import { verifySignature } from "../../../support/verify-signature.js";
import { call, options, temporary } from "./support.js";

const signed = signRequest(call, { ...options, signBody: true });

test("the official signer accepts what we sign", async () => {
  await expect(verifySignature(signed, options)).resolves.toBeUndefined();
});

test("the official signer accepts a query and a session token", async () => {
  const withToken = { ...options, credentials: temporary };
  const request = signRequest({ ...call, query: "b=1&a=2&a=1&c=%2B" }, withToken);
  await expect(verifySignature(request, withToken)).resolves.toBeUndefined();
});

test.for([
  ["body", { ...signed, body: "{}" }, /the body's hash is/],
  ["unstated body", { ...signRequest(call, options), body: "{}" }, /official signer's is not/],
  ["header", { ...signed, headers: { ...signed.headers, host: "elsewhere" } }, /official signer's is not/],
  ["path", { ...signed, path: "/x" }, /official signer's is not/],
  ["query", { ...signed, query: "x=1" }, /official signer's is not/],
  ["method", { ...signed, method: "GET" }, /official signer's is not/],
  ["missing header", { ...signed, headers: { ...signed.headers, host: undefined } }, /without the header "host"/],
  ["missing signature", call, /without the header "authorization"/],
] as const)("it rejects a changed %s", async ([, request, message]) => {
  await expect(verifySignature(request, options)).rejects.toThrow(message);
});

test("it rejects another secret, naming both signatures", async () => {
  const other = { ...options, credentials: { ...options.credentials, secretAccessKey: "other" } };
  await expect(verifySignature(signed, other)).rejects.toThrow(
    /sent: .*Signature=[0-9a-f]{64}\n.*official: .*Signature=/,
  );
});
