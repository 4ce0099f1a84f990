import { createHash } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { tokenFromProfile } from "#runtime/credentials/profile/index.js";
import { contextIn, start, startService } from "./profile-support.js";
import { writeTokenFile } from "#runtime/credentials/profile/token-file.js";
import { failedSearch, search } from "./support.js";

const fileOf = (key: string): string => `.aws/sso/cache/${createHash("sha1").update(key).digest("hex")}.json`;
const inMinutes = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
const expiration = start + 3_600_000;

const roleCredentials = { accessKeyId: "AKIDSSO", secretAccessKey: "hush", sessionToken: "hush", expiration };
const settings = "sso_account_id = 123456789012\nsso_role_name = Reader";
const withSession = `[default]\nsso_session = corp\n${settings}
[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.test/start`;
const legacy = `[default]\n${settings}\nsso_region = eu-west-1\nsso_start_url = https://corp.test/start`;

/** The portal and the OIDC service, on one host. */
function startSso(options: { readonly status?: number; readonly token?: readonly [number, object] } = {}) {
  const { status = 200, token = [200, { accessToken: "hush-new", expiresIn: 28_800, refreshToken: "hush-next" }] } =
    options;
  return startService(({ url }) => {
    if (url.startsWith("/token")) return token;
    return status === 200 ? [200, { roleCredentials }] : [status, { __type: "UnauthorizedException" }];
  });
}

const envOf = (origin: string) => ({ AWS_ENDPOINT_URL_SSO: origin, AWS_ENDPOINT_URL_SSO_OIDC: origin });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a profile that signs in with SSO", () => {
  test.for([
    [withSession, "corp"],
    [legacy, "https://corp.test/start"],
  ] as const)("gets the credentials of its role with the token of the session: %j", async ([config, key]) => {
    const sso = await startSso();
    const files = { [fileOf(key)]: { accessToken: "hush-token", expiresAt: inMinutes(60) } };
    expect(await search(contextIn(config, { env: envOf(sso.origin), files }))).toEqual({
      accessKeyId: "AKIDSSO",
      secretAccessKey: "hush",
      sessionToken: "hush",
      expiration: new Date(expiration),
      accountId: "123456789012",
      source: 'SSO of profile "default", role Reader',
    });
    expect(sso.requests).toHaveLength(1);
    const [request] = sso.requests;
    expect(request?.method).toBe("GET");
    expect(request?.url).toBe("/federation/credentials?account_id=123456789012&role_name=Reader");
    expect(request?.headers["x-amz-sso_bearer_token"]).toBe("hush-token");
    expect(request?.headers).not.toHaveProperty("authorization");
  });

  const refreshable = {
    accessToken: "hush-old",
    expiresAt: inMinutes(4),
    refreshToken: "hush-refresh",
    clientId: "client",
    clientSecret: "hush-secret",
    registrationExpiresAt: inMinutes(1000),
    startUrl: "https://corp.test/start",
  };

  test("refreshes a token that expires soon, and writes it back", async () => {
    const sso = await startSso();
    const path = fileOf("corp");
    const context = contextIn(withSession, { env: envOf(sso.origin), files: { [path]: refreshable } });
    expect(await search(context)).toMatchObject({ accessKeyId: "AKIDSSO" });
    const [first, second] = sso.requests;
    expect([first?.method, first?.url]).toEqual(["POST", "/token"]);
    expect(JSON.parse(first?.body ?? "")).toEqual({
      clientId: "client",
      clientSecret: "hush-secret",
      refreshToken: "hush-refresh",
      grantType: "refresh_token",
    });
    expect(second?.headers["x-amz-sso_bearer_token"]).toBe("hush-new");
    expect(context.read(path)).toEqual({
      ...refreshable,
      accessToken: "hush-new",
      refreshToken: "hush-next",
      expiresAt: inMinutes(480),
    });
    await search(context);
    expect(sso.requests).toHaveLength(3);
  });

  test("uses a token that is still valid where it cannot be refreshed", async () => {
    const sso = await startSso({ token: [400, { error: "invalid_grant" }] });
    const env = envOf(sso.origin);
    for (const token of [refreshable, { accessToken: "hush-old", expiresAt: inMinutes(4) }]) {
      const context = contextIn(withSession, { env, files: { [fileOf("corp")]: token } });
      expect(await search(context)).toMatchObject({ accessKeyId: "AKIDSSO" });
    }
    expect(sso.requests.map(({ url }) => url.split("?")[0])).toEqual([
      "/token",
      "/federation/credentials",
      "/federation/credentials",
    ]);
  });

  test.for([
    ["no file", withSession, undefined, 200, "is missing"],
    ["a file without JSON", withSession, "hush", 200, "is not a JSON object"],
    ["a file without a token", withSession, { expiresAt: inMinutes(60) }, 200, "has no accessToken"],
    ["an expired token", legacy, { ...refreshable, expiresAt: inMinutes(-1) }, 200, "the token has expired"],
    [
      "a registration that has expired",
      withSession,
      { ...refreshable, expiresAt: inMinutes(-1), registrationExpiresAt: inMinutes(-1) },
      200,
      "the token has expired and cannot be refreshed",
    ],
    [
      "a refresh that is rejected",
      withSession,
      { ...refreshable, expiresAt: inMinutes(-1) },
      200,
      "returned status 400 (invalid_grant) to a refresh of the token",
    ],
    [
      "a token that is rejected",
      withSession,
      { ...refreshable, expiresAt: inMinutes(60) },
      401,
      "returned status 401 (UnauthorizedException) for role Reader",
    ],
  ] as const)("with %s reports that its user has to sign in again", async ([, config, token, status, reason]) => {
    const sso = await startSso({ status, token: [400, { error: "invalid_grant" }] });
    const key = config === legacy ? "https://corp.test/start" : "corp";
    const files = token === undefined ? {} : { [fileOf(key)]: token };
    const error = await failedSearch(contextIn(config, { env: envOf(sso.origin), files }));
    expect(error.tried.at(-1)?.reason).toContain(reason);
    expect(error.tried.at(-1)?.reason).toMatch(/; sign in again: aws sso login --profile default$/);
    expect(error.message).not.toContain("hush");
  });

  test.for([
    [`[default]\nsso_session = gone\n${settings}`, "names a section [sso-session gone], which is not in"],
    [`[default]\nsso_session = corp\n[sso-session corp]\nsso_region = x`, "have no sso_start_url"],
    [`[default]\nsso_start_url = u\nsso_region = x\nsso_account_id = 1`, 'profile "default" has no sso_role_name'],
    [withSession.replace("[sso", "sso_region = us-east-1\n[sso"), "differs from that of [sso-session corp]"],
    [withSession.replace("eu-west-1", "e.com/#"), "must be a region such as us-east-1"],
  ])("needs right settings: %j", async ([config, reason]) => {
    await expect(search(contextIn(config ?? ""))).rejects.toMatchObject({
      code: "Configuration",
      message: expect.stringContaining(reason ?? "") as string,
    });
  });
});

test("tokens that cannot be written are reported, and leave no file", async () => {
  expect(await writeTokenFile("/nowhere/at/all.json", { accessToken: "hush" })).toBe(false);
});

describe("tokenFromProfile", () => {
  const home = (context: { environment: { homeDirectory?: string | undefined } }): string =>
    context.environment.homeDirectory ?? "";

  test("returns the token of a session, without an account and a role", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const config =
      "[profile dev]\nsso_session = corp\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.test";
    const context = contextIn(config, { files: { [fileOf("corp")]: { accessToken: "hush", expiresAt } } });
    vi.stubEnv("HOME", home(context));
    expect(await tokenFromProfile({ profile: "dev" })()).toEqual({ token: "hush", expiration: new Date(expiresAt) });
    vi.stubEnv("AWS_PROFILE", "dev");
    expect(await tokenFromProfile()()).toMatchObject({ token: "hush" });
    vi.stubEnv("AWS_PROFILE", "other");
    await expect(tokenFromProfile()()).rejects.toThrow('profile "other" has no sso_start_url');
  });

  test("reports that its user has to sign in again", async () => {
    const context = contextIn(withSession);
    vi.stubEnv("HOME", home(context));
    await expect(tokenFromProfile({ profile: "default" })()).rejects.toMatchObject({
      name: "CredentialsError",
      message: expect.stringMatching(
        /^The profile "default" has no token: .* is missing; sign in again: aws sso login --profile default$/,
      ) as string,
    });
  });
});
