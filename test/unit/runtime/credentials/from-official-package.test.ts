import { describe, expect, test, vi } from "vitest";
import { credentialsFromOfficialPackage } from "#runtime/credentials/from-official-package.js";
import { loadSharedFiles } from "#runtime/config/shared-files.js";
import { contextWith, failedSearch, reasonOf } from "./support.js";

const missing = (name: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /app/x.js`), { code: "ERR_MODULE_NOT_FOUND" });

async function ask(fromIni: (options: object) => () => Promise<unknown>, region?: string) {
  const context = contextWith({}, {}, { region });
  const files = await loadSharedFiles(context.environment);
  return credentialsFromOfficialPackage("dev", files, { way: "SSO", advice: "sign in" }, context, () =>
    Promise.resolve({ fromIni }),
  );
}

describe("the official package", () => {
  test("is asked for the profile, by the files that the client reads and in its region", async () => {
    const fromIni = vi.fn<(options: object) => () => Promise<unknown>>(
      () => () => Promise.resolve({ accessKeyId: "A", secretAccessKey: "S" }),
    );
    expect(await ask(fromIni, "eu-west-1")).toEqual({
      accessKeyId: "A",
      secretAccessKey: "S",
      source: 'SSO of profile "dev"',
    });
    expect(fromIni).toHaveBeenCalledWith({
      profile: "dev",
      configFilepath: expect.stringMatching(/\.aws.config$/) as string,
      filepath: expect.stringMatching(/\.aws.credentials$/) as string,
      ignoreCache: true,
      parentClientConfig: { region: "eu-west-1" },
    });
  });

  test("that fails is named with the kind of its error, see the cause, and never its text", async () => {
    const cause = Object.assign(new Error("hush"), { name: "TokenRefreshRequired" });
    const found = await ask(() => () => Promise.reject(cause));
    expect(found).toEqual({
      reason:
        'profile "dev" uses SSO, and fromIni() of @aws-sdk/credential-providers failed with TokenRefreshRequired; see the cause; sign in',
      isBroken: true,
      cause,
    });
  });

  test("has to answer with credentials", async () => {
    expect(await ask(() => () => Promise.resolve({ accessKeyId: "A" }))).toMatchObject({
      cause: { message: expect.stringContaining("must have secretAccessKey as text") as string },
    });
  });

  test("that is not installed is named with what to do", async () => {
    const context = contextWith();
    const files = await loadSharedFiles(context.environment);
    const load = (name: string) =>
      credentialsFromOfficialPackage("dev", files, { way: "SSO" }, context, () => Promise.reject(missing(name)));
    expect(reasonOf(await load("@aws-sdk/credential-providers"))).toBe(
      'profile "dev" uses SSO, which needs @aws-sdk/credential-providers: npm install @aws-sdk/credential-providers, or in a bundle pass its fromIni() as the client option credentials',
    );
    expect(reasonOf(await load("@smithy/property-provider"))).toBe(
      'profile "dev" uses SSO, and @aws-sdk/credential-providers cannot be loaded; see the cause',
    );
  });

  // It is not among the dependencies of this repository.
  test.for([
    ["sso_session = corp", "SSO"],
    ["sso_start_url = https://x", "SSO"],
    ["login_session = arn", "a console login"],
    ["role_arn = arn\nsource_profile = other", "an assumed role"],
    ["role_arn = arn\ncredential_source = Environment", "an assumed role"],
    ["role_arn = arn\nsource_profile = o\naws_access_key_id = A\naws_secret_access_key = S", "an assumed role"],
  ] as const)("is wanted by a profile with %j", async ([settings, way]) => {
    const error = await failedSearch(contextWith({}, { config: `[default]\n${settings}` }));
    expect(error.tried.at(-1)).toEqual({
      source: "shared config files",
      reason: expect.stringContaining(
        `profile "default" uses ${way}, which needs @aws-sdk/credential-providers`,
      ) as string,
    });
  });
});
