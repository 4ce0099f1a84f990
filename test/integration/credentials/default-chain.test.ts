import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDefaultChain } from "#runtime/credentials/default-chain.js";
import { createCredentialSource } from "#runtime/credentials/resolve.js";
import { ConfigurationError } from "#runtime/errors/index.js";
import { startHttpServer } from "../http/support/servers.js";
import { environmentWith } from "../../unit/runtime/config/support.js";
import { contextOf, contextWith, failedSearch, search } from "../../unit/runtime/credentials/support.js";

const keys = { AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "env-secret" };
const credentials =
  "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret\naws_session_token = token";
const fromFile = { accessKeyId: "AKIDFILE", secretAccessKey: "file-secret", sessionToken: "token" };

describe("environment variables", () => {
  test("are used first, with all their facts", async () => {
    const env = {
      ...keys,
      AWS_SESSION_TOKEN: "token",
      AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
      AWS_ACCOUNT_ID: "123456789012",
      AWS_CREDENTIAL_SCOPE: "ignored",
    };
    expect(await createCredentialSource(undefined, contextWith(env, { credentials })).get()).toEqual({
      accessKeyId: "AKIDENV",
      secretAccessKey: "env-secret",
      sessionToken: "token",
      expiration: new Date("2099-01-01T00:00:00Z"),
      accountId: "123456789012",
      source: "environment variables",
    });
  });

  test("that have expired are rejected with their time, and nothing else is tried", async () => {
    const env = { ...keys, AWS_CREDENTIAL_EXPIRATION: "2026-01-01T00:00:00Z" };
    const now = () => Date.parse("2026-01-01T00:00:00Z");
    const error = await failedSearch(contextWith(env, { credentials }, { now }));
    expect(error.tried).toEqual([
      {
        source: "environment variables",
        reason:
          "the credentials of environment variables expired at 2026-01-01T00:00:00.000Z, and it is now 2026-01-01T00:00:00.000Z",
      },
    ]);
  });

  test("are enough with two of them, whatever the files hold", async () => {
    expect(await search(contextWith(keys, { config: "malformed" }))).toEqual({
      accessKeyId: "AKIDENV",
      secretAccessKey: "env-secret",
      source: "environment variables",
    });
  });
});

describe("shared config files", () => {
  test("serve next", async () => {
    const environment = environmentWith({ credentials });
    expect(await search(contextOf(environment))).toEqual({
      ...fromFile,
      source: `profile "default" in ${join(environment.homeDirectory, ".aws", "credentials")}`,
    });
  });

  test("with the profile of AWS_PROFILE, from either file", async () => {
    const config = "[profile dev]\naws_access_key_id = AKIDDEV\naws_secret_access_key = dev\naws_account_id = 1";
    expect(await search(contextWith({ AWS_PROFILE: "dev" }, { config, credentials }))).toEqual({
      accessKeyId: "AKIDDEV",
      secretAccessKey: "dev",
      accountId: "1",
      source: expect.stringMatching(/^profile "dev" in .*config$/) as string,
    });
  });

  test("are read again when a refresh is forced", async () => {
    const environment = environmentWith({ credentials });
    const source = createCredentialSource(undefined, contextOf(environment));
    expect(await source.get()).toMatchObject(fromFile);
    writeFileSync(join(environment.homeDirectory, ".aws", "credentials"), credentials.replace("AKIDFILE", "AKIDNEW"));
    expect(source.get()).toMatchObject(fromFile);
    expect(await source.get({ forceRefresh: true })).toMatchObject({ ...fromFile, accessKeyId: "AKIDNEW" });
  });

  test.for([
    [
      "a stray line in the profile",
      "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret\noops",
    ],
    [
      "a stray line in another profile",
      "[other]\noops\n[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret",
    ],
    [
      "a setting above the first section",
      "oops = 1\n[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret",
    ],
    [
      "a merge conflict in another setting",
      "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret\n<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b",
    ],
  ] as const)("serve all the same with %s", async ([, text]) => {
    expect(await search(contextWith({}, { credentials: text }))).toMatchObject({ accessKeyId: "AKIDFILE" });
    expect(await search(contextWith({}, { credentials, config: text.replaceAll("aws_", "x_") }))).toMatchObject(
      fromFile,
    );
  });

  test.for([
    ["[default]\naws_access_key_id AKIDHUSH\naws_secret_access_key = hush", 2],
    ["[default\naws_access_key_id = AKIDHUSH\naws_secret_access_key = hush", 1],
    ["aws_access_key_id = AKIDHUSH\naws_secret_access_key = hush", 1],
    ["[default]\n<<<<<<< a\naws_access_key_id = AKIDHUSH\n=======\naws_access_key_id = AKIDHUSH2\n>>>>>>> b", 2],
  ] as const)("that define keys in a malformed line end the search, naming the line: %j", async ([text, line]) => {
    const failure = search(contextWith({}, { credentials: text }));
    await expect(failure).rejects.toBeInstanceOf(ConfigurationError);
    await expect(failure).rejects.toThrow(new RegExp(`credentials:${line}: `));
    await expect(failure).rejects.not.toThrow(/hush/i);
  });

  test("a directory in place of a file counts as no profile, and the reason names it", async () => {
    const environment = environmentWith();
    for (const name of ["config", "credentials"]) mkdirSync(join(environment.homeDirectory, ".aws", name));
    const { tried } = await failedSearch(contextOf(environment));
    expect(tried[1]?.reason).toMatch(
      /^profile "default" is neither in .*: .*config cannot be read \(EISDIR\): .*credentials cannot be read \(EISDIR\): /,
    );
    expect(tried).toHaveLength(5);
  });

  test("that are malformed end the search, naming the line", async () => {
    const failure = search(contextWith({}, { credentials: "[default]\nsecret-without-a-name" }));
    await expect(failure).rejects.toBeInstanceOf(ConfigurationError);
    await expect(failure).rejects.toThrow(/credentials:2: /);
    await expect(failure).rejects.not.toThrow("secret-without-a-name");
  });
});

/** Reasons of the chain of an environment that gives no credentials, by place. */
async function triedWith(env: Record<string, string>, config = ""): Promise<ReadonlyMap<string, string>> {
  const error = await failedSearch(contextWith(env, { config }));
  for (const { reason } of error.tried) expect(error.message).toContain(reason);
  expect(error.message).not.toMatch(/hush/);
  return new Map(error.tried.map(({ source, reason }) => [source, reason]));
}

describe("where nothing serves", () => {
  test.for([
    [{}, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"],
    [{ AWS_ACCESS_KEY_ID: "hush" }, "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not"],
    [{ AWS_SECRET_ACCESS_KEY: "hush" }, "AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not"],
    [{ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"],
    [
      { AWS_ACCESS_KEY_ID: "hush", AWS_SECRET_ACCESS_KEY: "" },
      "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not",
    ],
  ] as const)("it reports what is wrong with the environment: %j", async ([env, reason]) => {
    expect((await triedWith(env)).get("environment variables")).toBe(reason);
  });

  test.for([
    [{ AWS_CREDENTIAL_EXPIRATION: "hush" }, "AWS_CREDENTIAL_EXPIRATION is not a date"],
    [{ AWS_SESSION_TOKEN: "hush\n" }, "sessionToken contains a line break or another character that cannot be sent"],
    [{ AWS_ACCESS_KEY_ID: "hush\r" }, "accessKeyId contains a line break or another character that cannot be sent"],
  ] as const)("keys that are set but unfit end the search: %j", async ([env, reason]) => {
    const tried = await triedWith({ AWS_ACCESS_KEY_ID: "hush", AWS_SECRET_ACCESS_KEY: "hush", ...env }, "malformed");
    expect([...tried]).toEqual([["environment variables", reason]]);
  });

  test("it states for every source in its order why it was not used, and what to do", async () => {
    const error = await failedSearch(contextWith());
    expect(error.tried).toEqual([
      { source: "environment variables", reason: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set" },
      {
        source: "shared config files",
        reason: expect.stringMatching(/^profile "default" is neither in .*config nor in .*credentials$/) as string,
      },
      { source: "web identity", reason: "AWS_WEB_IDENTITY_TOKEN_FILE is not set" },
      {
        source: "container",
        reason: "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
      },
      { source: "instance metadata", reason: "AWS_EC2_METADATA_DISABLED switches it off" },
    ]);
    expect(error.message).toContain("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  });

  test("a profile that AWS_PROFILE names has to be there: nothing else is tried", async () => {
    const tried = await triedWith({ AWS_PROFILE: "gone" }, "[default]\nregion = x");
    expect([...tried.keys()]).toEqual(["environment variables", "shared config files"]);
    expect(tried.get("shared config files")).toMatch(
      /^profile "gone" is neither in .*config nor in .*credentials; AWS_PROFILE names it$/,
    );
  });

  test.for([
    ["region = x", 'profile "default" has no aws_access_key_id and no aws_secret_access_key'],
    ["aws_access_key_id = hush", 'profile "default" has no aws_secret_access_key'],
    ["aws_access_key_id =\naws_secret_access_key =", 'profile "default" has no aws_access_key_id and no aws_secret'],
    [
      "role_arn = arn",
      'profile "default" has a role_arn, but no source_profile, credential_source or web_identity_token_file to assume it by',
    ],
    [
      "role_arn = arn\nsource_profile = other\nmfa_serial = m",
      'profile "default" assumes a role with MFA: pass fromProfile(',
    ],
    ["role_arn = arn\nweb_identity_token_file = /gone", "/gone, which web_identity_token_file of profile"],
  ] as const)("it reports what a profile lacks: %j", async ([settings, reason]) => {
    expect((await triedWith({}, `[default]\n${settings}`)).get("shared config files")).toContain(reason);
  });

  test("keys in a profile go before sso", async () => {
    const config = "[default]\nsso_session = corp\naws_access_key_id = A\naws_secret_access_key = S";
    expect(await search(contextWith({}, { config }))).toMatchObject({ accessKeyId: "A" });
  });
});

describe("AWS_PROFILE", () => {
  const config = "[default]\naws_access_key_id = D\naws_secret_access_key = d\n[profile empty]\nregion = eu-west-1";

  test("does not go before keys in the environment, as the reference guide has it", async () => {
    expect(await search(contextWith({ ...keys, AWS_PROFILE: "empty" }, { config }))).toMatchObject({
      accessKeyId: "AKIDENV",
    });
  });

  test("that is empty means the default profile", async () => {
    expect(await search(contextWith({ AWS_PROFILE: "" }, { config }))).toMatchObject({ accessKeyId: "D" });
  });

  test("leaves other sources to be used if its profile has no credentials, but never another profile", async () => {
    const tried = await triedWith({ AWS_PROFILE: "empty" }, config);
    expect(tried.get("shared config files")).toBe(
      'profile "empty" has no aws_access_key_id and no aws_secret_access_key',
    );
    expect(tried.has("instance metadata")).toBe(true);
  });
});

test("every source precedes those behind it, which are neither called nor loaded", async () => {
  const responseOf = (id: string) => JSON.stringify({ AccessKeyId: id, SecretAccessKey: "s", Token: "t" });
  const container = await startHttpServer((_request, response) => response.end(responseOf("AKIDCONTAINER")));
  const sts = await startHttpServer((_request, response) =>
    response.end(
      "<AccessKeyId>AKIDWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2040-01-01T00:00:00Z</Expiration>",
    ),
  );
  const instance = await startHttpServer(({ url }, response) =>
    response.end(url.endsWith("/role") ? responseOf("AKIDIMDS") : url.endsWith("/token") ? "token" : "role"),
  );
  const environment = environmentWith({ credentials });
  const tokenFile = join(environment.homeDirectory, "token");
  writeFileSync(tokenFile, "jwt");
  const env: Record<string, string> = {
    ...keys,
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    AWS_ROLE_ARN: "arn",
    AWS_ENDPOINT_URL_STS: sts.origin,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: container.origin,
    AWS_EC2_METADATA_DISABLED: "false",
    AWS_EC2_METADATA_SERVICE_ENDPOINT: instance.origin,
  };
  const served = async () => (await search(contextOf({ ...environment, env }))) as { readonly accessKeyId: string };
  const asked = () => [sts, container, instance].map(({ requests }) => requests.length);

  expect((await served()).accessKeyId).toBe("AKIDENV");
  delete env["AWS_ACCESS_KEY_ID"];
  expect((await served()).accessKeyId).toBe("AKIDFILE");
  expect(asked()).toEqual([0, 0, 0]);
  rmSync(join(environment.homeDirectory, ".aws", "credentials"));
  expect((await served()).accessKeyId).toBe("AKIDWEB");
  expect(asked()).toEqual([1, 0, 0]);
  delete env["AWS_WEB_IDENTITY_TOKEN_FILE"];
  expect((await served()).accessKeyId).toBe("AKIDCONTAINER");
  expect(asked()).toEqual([1, 1, 0]);
  delete env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  expect((await served()).accessKeyId).toBe("AKIDIMDS");
  expect(asked()).toEqual([1, 1, 3]);
});

test("the module of a source is loaded when its turn comes", async () => {
  const loaded: string[] = [];
  vi.resetModules();
  for (const place of ["from-shared-files", "from-web-identity", "from-container", "from-instance-metadata"]) {
    vi.doMock(`#runtime/credentials/${place}.js`, async (original) => {
      loaded.push(place);
      return original<object>();
    });
  }
  onTestFinished(() => {
    for (const place of loaded) vi.doUnmock(`#runtime/credentials/${place}.js`);
    vi.resetModules();
  });
  const { createCredentialSource: createSource } = await import("#runtime/credentials/resolve.js");
  await createSource(undefined, contextWith(keys)).get();
  expect(loaded).toEqual([]);
  await createSource(undefined, contextWith({}, { credentials })).get();
  expect(loaded).toEqual(["from-shared-files"]);
  await expect(createSource(undefined, contextWith()).get()).rejects.toThrow("No AWS credentials were found");
  expect(loaded).toEqual(["from-shared-files", "from-web-identity", "from-container", "from-instance-metadata"]);
});

test("the first with credentials is used", async () => {
  const given = { accessKeyId: "A", secretAccessKey: "S", source: "second" };
  const chain = [
    { source: "first", load: () => Promise.resolve({ reason: "is asleep" }) },
    { source: "second", load: () => Promise.resolve(given) },
    { source: "third", load: () => Promise.reject(new Error("must not be asked")) },
  ];
  expect(await createDefaultChain(contextWith(), chain)({ forceRefresh: false })).toBe(given);
});

test("a source that is configured but broken ends the search", async () => {
  const cause = new Error("why");
  const chain = [
    { source: "first", load: () => Promise.resolve({ reason: "is asleep" }) },
    { source: "second", load: () => Promise.resolve({ reason: "is ill", isBroken: true as const, cause }) },
    { source: "third", load: () => Promise.reject(new Error("must not be asked")) },
  ];
  const failure = createDefaultChain(contextWith(), chain)({ forceRefresh: false });
  await expect(failure).rejects.toMatchObject({
    code: "Credentials",
    cause,
    tried: [
      { source: "first", reason: "is asleep" },
      { source: "second", reason: "is ill" },
    ],
  });
  await expect(failure).rejects.toThrow(
    /configured but cannot be loaded.*\n {2}first: is asleep\n {2}second: is ill$/s,
  );
});
