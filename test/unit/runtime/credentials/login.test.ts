import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { contextIn, start, startService } from "./profile-support.js";
import { failedSearch, search } from "./support.js";

const session = "arn:aws:iam::123456789012:user/jo";
const file = `${createHash("sha256").update(session).digest("hex")}.json`;
const path = `.aws/login/cache/${file}`;
const config = `[default]\nlogin_session = ${session}\nregion = eu-west-1`;
const inMinutes = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const dpopKey = privateKey.export({ format: "pem", type: "sec1" }).toString();

const tokens = (minutes: number) => ({
  accessToken: {
    accessKeyId: "AKIDOLD",
    secretAccessKey: "hush",
    sessionToken: "hush",
    accountId: "123456789012",
    expiresAt: inMinutes(minutes),
  },
  clientId: "arn:aws:signin:::devtools/same-device",
  refreshToken: "hush-refresh",
  dpopKey,
});
const response = {
  accessToken: { accessKeyId: "AKIDNEW", secretAccessKey: "hush2", sessionToken: "hush2" },
  expiresIn: 900,
  refreshToken: "hush-next",
};

describe("a profile with a console login", () => {
  test("uses the credentials of the login while they last", async () => {
    expect(await search(contextIn(config, { files: { [path]: tokens(14) } }))).toEqual({
      accessKeyId: "AKIDOLD",
      secretAccessKey: "hush",
      sessionToken: "hush",
      expiration: new Date(inMinutes(14)),
      accountId: "123456789012",
      source: 'console login of profile "default"',
    });
  });

  test("finds them in the folder that AWS_LOGIN_CACHE_DIRECTORY names", async () => {
    const context = contextIn(config, { files: { [`elsewhere/${file}`]: tokens(14) } });
    const folder = `${context.environment.homeDirectory}/elsewhere`;
    const environment = {
      ...context.environment,
      env: { ...context.environment.env, AWS_LOGIN_CACHE_DIRECTORY: folder },
    };
    expect(await search({ ...context, environment })).toMatchObject({ accessKeyId: "AKIDOLD" });
  });

  test("refreshes them with a proof of its key, and writes them back", async () => {
    const signin = await startService(() => [200, response]);
    const context = contextIn(config, {
      env: { AWS_ENDPOINT_URL_SIGNIN: signin.origin },
      files: { [path]: tokens(2) },
    });
    expect(await search(context)).toMatchObject({
      accessKeyId: "AKIDNEW",
      accountId: "123456789012",
      expiration: new Date(inMinutes(15)),
    });
    const [request] = signin.requests;
    expect([request?.method, request?.url]).toEqual(["POST", "/v1/token"]);
    expect(JSON.parse(request?.body ?? "")).toEqual({
      clientId: "arn:aws:signin:::devtools/same-device",
      refreshToken: "hush-refresh",
      grantType: "refresh_token",
    });
    const [header = "", payload = "", signature = ""] = String(request?.headers["dpop"]).split(".");
    const parts = [header, payload].map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as object);
    const { x, y } = publicKey.export({ format: "jwk" });
    expect(parts).toEqual([
      { alg: "ES256", typ: "dpop+jwt", jwk: { kty: "EC", crv: "P-256", x, y } },
      { jti: expect.any(String) as string, htm: "POST", htu: `${signin.origin}/v1/token`, iat: start / 1000 },
    ]);
    const isValid = verify(
      "sha256",
      Buffer.from(`${header}.${payload}`),
      { key: createPublicKey(privateKey), dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
    expect(isValid).toBe(true);
    expect(context.read(path)).toEqual({
      ...tokens(2),
      accessToken: { ...tokens(2).accessToken, ...response.accessToken, expiresAt: inMinutes(15) },
      refreshToken: "hush-next",
    });
  });

  test("uses them to the end where they cannot be refreshed", async () => {
    const signin = await startService(() => [401, { error: "TOKEN_EXPIRED" }]);
    const env = { AWS_ENDPOINT_URL_SIGNIN: signin.origin };
    expect(await search(contextIn(config, { env, files: { [path]: tokens(2) } }))).toMatchObject({
      accessKeyId: "AKIDOLD",
    });
  });

  test.for([
    ["no file", undefined, "is missing"],
    ["no credentials", {}, "has no credentials"],
    ["a session that has ended", tokens(-1), "returned status 401 (TOKEN_EXPIRED) to a refresh of the credentials"],
    ["no refresh token", { ...tokens(-1), refreshToken: "" }, "have expired and cannot be refreshed"],
    ["no key", { ...tokens(-1), dpopKey: "hush" }, "the dpopKey in its file of tokens is not a private key"],
  ] as const)("with %s reports that its user has to sign in again", async ([, content, reason]) => {
    const signin = await startService(() => [401, { error: "TOKEN_EXPIRED", message: "hush" }]);
    const files = content === undefined ? {} : { [path]: content };
    const error = await failedSearch(contextIn(config, { env: { AWS_ENDPOINT_URL_SIGNIN: signin.origin }, files }));
    expect(error.tried.at(-1)?.reason).toContain(reason);
    expect(error.tried.at(-1)?.reason).toMatch(/; sign in again: aws login --profile default$/);
    expect(error.message).not.toContain("hush");
  });
});
