import { inspect } from "node:util";
import { expect, test } from "vitest";
import { credentialScope, deriveSigningKey, SigningKeyCache } from "#runtime/signing/key.js";
import { signRequest } from "#runtime/signing/sign.js";
import { call, credentials, options } from "./support.js";

const scope = credentialScope("20260304T050607Z", "eu-central-1", "cloudtrail");

test("returns the same key as deriving it, and the same object the second time", () => {
  const cache = new SigningKeyCache();
  const key = cache.get(credentials, scope);
  expect(key).toEqual(deriveSigningKey(credentials.secretAccessKey, scope));
  expect(cache.get(credentials, scope)).toBe(key);
  const signed = signRequest(call, { ...options, keyCache: cache });
  expect(signed).toEqual(signRequest(call, options));
});

test("keeps keys of different scopes and credentials apart", () => {
  const cache = new SigningKeyCache();
  const other = { ...credentials, secretAccessKey: "other" };
  const keys = [
    cache.get(credentials, scope),
    cache.get(other, scope),
    cache.get(credentials, credentialScope("20260305T000000Z", "eu-central-1", "cloudtrail")),
    cache.get(credentials, credentialScope("20260304T050607Z", "us-east-1", "cloudtrail")),
    cache.get(credentials, credentialScope("20260304T050607Z", "eu-central-1", "s3")),
  ];
  expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(keys.length);
});

test("notices a secret that was changed in place", () => {
  const cache = new SigningKeyCache();
  const rotating = { ...credentials };
  cache.get(rotating, scope);
  rotating.secretAccessKey = "rotated";
  expect(cache.get(rotating, scope)).toEqual(deriveSigningKey("rotated", scope));
});

test("stays bounded", () => {
  const cache = new SigningKeyCache();
  const first = cache.get(credentials, scope);
  for (let day = 0; day < 200; day++) cache.get(credentials, `${day}/eu-central-1/cloudtrail/aws4_request`);
  const again = cache.get(credentials, scope);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});

test("shows no secret when it is printed", () => {
  const cache = new SigningKeyCache();
  cache.get(credentials, scope);
  expect(inspect(cache, { depth: 10, showHidden: true })).not.toContain(credentials.secretAccessKey);
});
