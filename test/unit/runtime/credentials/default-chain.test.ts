import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDefaultCredentials } from "../../../../runtime/src/credentials/default-chain.js";
import { createCredentialSource } from "../../../../runtime/src/credentials/resolve.js";
import { ConfigurationError, CredentialsError } from "../../../../runtime/src/errors.js";
import { environmentWith } from "../config/support.js";

const keys = { AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "env-secret" };
const credentials =
  "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret\naws_session_token = token";
const fromFile = { accessKeyId: "AKIDFILE", secretAccessKey: "file-secret", sessionToken: "token" };

describe("environment variables", () => {
  test("serve first, with all that they can say", async () => {
    const env = {
      ...keys,
      AWS_SESSION_TOKEN: "token",
      AWS_CREDENTIAL_EXPIRATION: "2026-01-01T00:00:00Z",
      AWS_ACCOUNT_ID: "123456789012",
      AWS_CREDENTIAL_SCOPE: "ignored",
    };
    expect(await createCredentialSource(undefined, environmentWith({ credentials }, env)).get()).toEqual({
      accessKeyId: "AKIDENV",
      secretAccessKey: "env-secret",
      sessionToken: "token",
      expiration: new Date("2026-01-01T00:00:00Z"),
      accountId: "123456789012",
    });
  });

  test("are enough with two of them, whatever the files hold", async () => {
    expect(await loadDefaultCredentials(environmentWith({ config: "malformed" }, keys))).toEqual({
      accessKeyId: "AKIDENV",
      secretAccessKey: "env-secret",
    });
  });
});

describe("shared config files", () => {
  test("serve next", async () => {
    expect(await loadDefaultCredentials(environmentWith({ credentials }))).toEqual(fromFile);
  });

  test("with the profile of AWS_PROFILE, from either file", async () => {
    const config = "[profile dev]\naws_access_key_id = AKIDDEV\naws_secret_access_key = dev\naws_account_id = 1";
    const environment = environmentWith({ config, credentials }, { AWS_PROFILE: "dev" });
    expect(await loadDefaultCredentials(environment)).toEqual({
      accessKeyId: "AKIDDEV",
      secretAccessKey: "dev",
      accountId: "1",
    });
  });

  test("are read again when a refresh is forced", async () => {
    const environment = environmentWith({ credentials });
    const source = createCredentialSource(undefined, environment);
    expect(await source.get()).toEqual(fromFile);
    writeFileSync(join(environment.homeDirectory, ".aws", "credentials"), credentials.replace("AKIDFILE", "AKIDNEW"));
    expect(source.get()).toEqual(fromFile);
    expect(await source.get({ forceRefresh: true })).toEqual({ ...fromFile, accessKeyId: "AKIDNEW" });
  });

  test("that are malformed end the search, naming the line", async () => {
    const failure = loadDefaultCredentials(environmentWith({ credentials: "[default]\nsecret-without-a-name" }));
    await expect(failure).rejects.toBeInstanceOf(ConfigurationError);
    await expect(failure).rejects.toThrow(/credentials:2: /);
    await expect(failure).rejects.not.toThrow("secret-without-a-name");
  });
});

/** Reasons of the chain of an environment that gives no credentials. */
async function triedWith(env: Record<string, string>, config = ""): Promise<readonly string[]> {
  const error: unknown = await loadDefaultCredentials(environmentWith({ config }, env)).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof CredentialsError)) throw new Error("expected a CredentialsError", { cause: error });
  expect(error.tried.map(({ source }) => source)).toEqual(["environment variables", "shared config files"]);
  const reasons = error.tried.map(({ reason }) => reason);
  for (const reason of reasons) expect(error.message).toContain(reason);
  expect(error.message).toContain("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  expect(error.message).not.toMatch(/hush/);
  return reasons;
}

describe("where nothing serves", () => {
  test.for([
    [{}, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"],
    [{ AWS_ACCESS_KEY_ID: "hush" }, "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not"],
    [{ AWS_SECRET_ACCESS_KEY: "hush" }, "AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not"],
    [
      { AWS_ACCESS_KEY_ID: "hush", AWS_SECRET_ACCESS_KEY: "hush", AWS_CREDENTIAL_EXPIRATION: "soon" },
      "AWS_CREDENTIAL_EXPIRATION is no date",
    ],
  ] as const)("it says what is wrong with the environment: %j", async ([env, reason]) => {
    expect((await triedWith(env))[0]).toBe(reason);
  });

  test("it says which profile is not there, and where it was looked for", async () => {
    const [, reason] = await triedWith({ AWS_PROFILE: "gone" }, "[default]\nregion = x");
    expect(reason).toMatch(/^profile "gone" is neither in .*config nor in .*credentials$/);
  });

  const role = "role_arn = arn\nsource_profile = other";
  test.for([
    ["region = x", 'profile "default" has no aws_access_key_id and no aws_secret_access_key'],
    ["aws_access_key_id = hush", 'profile "default" has no aws_secret_access_key'],
    ["sso_session = corp", 'profile "default" uses sso: pass fromSSO() from @aws-sdk/credential-providers'],
    ["sso_start_url = https://x", 'profile "default" uses sso: pass fromSSO()'],
    ["credential_process = hush", 'profile "default" uses credential_process: pass fromProcess()'],
    ["role_arn = arn\nweb_identity_token_file = f", 'profile "default" uses web identity: pass fromIni()'],
    ["login_session = arn", 'profile "default" uses a console login: pass fromLoginCredentials()'],
    [role, 'profile "default" uses an assumed role: pass fromIni()'],
    [`${role}\naws_access_key_id = hush\naws_secret_access_key = hush`, 'profile "default" uses an assumed role'],
  ] as const)("it says what else a profile needs: %j", async ([settings, reason]) => {
    expect((await triedWith({}, `[default]\n${settings}`))[1]).toContain(reason);
  });

  test("keys in a profile go before sso", async () => {
    const config = "[default]\nsso_session = corp\naws_access_key_id = A\naws_secret_access_key = S";
    expect(await loadDefaultCredentials(environmentWith({ config }))).toMatchObject({ accessKeyId: "A" });
  });
});

test("a chain can be any list of sources", async () => {
  const answer = { accessKeyId: "A", secretAccessKey: "S" };
  const chain = [
    { source: "first", load: () => Promise.resolve({ reason: "is asleep" }) },
    { source: "second", load: () => Promise.resolve(answer) },
    { source: "third", load: () => Promise.reject(new Error("must not be asked")) },
  ];
  expect(await loadDefaultCredentials(environmentWith(), chain)).toBe(answer);
});
