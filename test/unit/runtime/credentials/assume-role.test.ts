import { describe, expect, test, vi } from "vitest";
import { fromProfile } from "#runtime/credentials/profile/index.js";
import { failedSearch, search } from "./support.js";
import { contextIn, startService, startSts } from "./profile-support.js";

const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const keys = "aws_access_key_id = AKIDBASE\naws_secret_access_key = hush\n";

/** The access key that signed a request. */
const signer = ({ headers }: { headers: Readonly<Record<string, unknown>> }): string | undefined =>
  /Credential=(\w+)\//.exec(String(headers["authorization"]))?.[1];

describe("a profile with a role", () => {
  test("assumes it with the keys of its source profile, in a signed request", async () => {
    const sts = await startSts();
    const config = `[default]
role_arn = ${role("app")}
source_profile = base
role_session_name = me
external_id = partner
duration_seconds = 900
region = eu-west-1
[profile base]
${keys}`;
    expect(await search(contextIn(config, { env: { AWS_ENDPOINT_URL_STS: sts.origin } }))).toEqual({
      accessKeyId: "AKIDapp",
      secretAccessKey: "hush",
      sessionToken: "hush",
      expiration: new Date("2030-01-01T01:00:00Z"),
      accountId: "123456789012",
      source: `role ${role("app")} of profile "default"`,
    });
    const [request] = sts.requests;
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: role("app"),
      RoleSessionName: "me",
      ExternalId: "partner",
      DurationSeconds: "900",
    });
    expect(request?.headers["authorization"]).toContain("Credential=AKIDBASE/20300101/eu-west-1/sts/aws4_request");
  });

  test("follows a chain of roles, each with the credentials of the one before", async () => {
    const sts = await startSts();
    const config = `[default]
role_arn = ${role("third")}
source_profile = second
[profile second]
role_arn = ${role("second")}
source_profile = first
[profile first]
role_arn = ${role("first")}
source_profile = base
[profile base]
${keys}`;
    expect(await search(contextIn(config, { env: { AWS_ENDPOINT_URL_STS: sts.origin } }))).toMatchObject({
      accessKeyId: "AKIDthird",
    });
    expect(sts.requests.map(signer)).toEqual(["AKIDBASE", "AKIDfirst", "AKIDsecond"]);
  });

  test("may be its own source, and prefers the keys of a source to its role", async () => {
    const sts = await startSts();
    const env = { AWS_ENDPOINT_URL_STS: sts.origin };
    const own = `[default]\nrole_arn = ${role("app")}\nsource_profile = default\n${keys}`;
    expect(await search(contextIn(own, { env }))).toMatchObject({ accessKeyId: "AKIDapp" });
    const other = `[default]\nrole_arn = ${role("app")}\nsource_profile = b\n[profile b]\nrole_arn = ${role("b")}\nsource_profile = c\n${keys}`;
    expect(await search(contextIn(other, { env }))).toMatchObject({ accessKeyId: "AKIDapp" });
    expect(sts.requests.map(signer)).toEqual(["AKIDBASE", "AKIDBASE"]);
  });

  test("takes the credentials of the environment or a process", async () => {
    const sts = await startSts();
    const env = { AWS_ENDPOINT_URL_STS: sts.origin, AWS_PROFILE: "app" };
    const config = `[profile app]\nrole_arn = ${role("app")}\ncredential_source = Environment`;
    const context = contextIn(config, { env });
    Object.assign(context.environment.env, { AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "hush" });
    const { credentialsByRequest } = await import("#runtime/credentials/profile/index.js");
    const { loadSharedFiles } = await import("#runtime/config/shared-files.js");
    const files = await loadSharedFiles(context.environment);
    expect(await credentialsByRequest("app", files, context)).toMatchObject({ accessKeyId: "AKIDapp" });
    const json = JSON.stringify({ Version: 1, AccessKeyId: "AKIDPROCESS", SecretAccessKey: "hush" });
    const process = `[profile app]\nrole_arn = ${role("app")}\nsource_profile = p\n[profile p]\ncredential_process = echo '${json}'`;
    expect(await search(contextIn(process, { env }))).toMatchObject({ accessKeyId: "AKIDapp" });
    expect(sts.requests.map(signer)).toEqual(["AKIDENV", "AKIDPROCESS"]);
  });

  test("takes the credentials of the instance", async () => {
    const sts = await startSts();
    const imds = await startService(({ method, url }) => {
      if (method === "PUT") return [200, "token"];
      if (url.endsWith("/")) return [200, "node"];
      return [200, { Code: "Success", AccessKeyId: "AKIDNODE", SecretAccessKey: "hush", Token: "hush" }];
    });
    const config = `[default]\nrole_arn = ${role("app")}\ncredential_source = Ec2InstanceMetadata`;
    const env = {
      AWS_ENDPOINT_URL_STS: sts.origin,
      AWS_EC2_METADATA_DISABLED: "",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: imds.origin,
    };
    expect(await search(contextIn(config, { env }))).toMatchObject({ accessKeyId: "AKIDapp" });
    expect(sts.requests.map(signer)).toEqual(["AKIDNODE"]);
  });

  test("has the endpoint of its services section", async () => {
    const sts = await startSts();
    const config = `[default]
role_arn = ${role("app")}
source_profile = base
services = local
[profile base]
${keys}
[services local]
sts =
  endpoint_url = ${sts.origin}`;
    expect(await search(contextIn(config))).toMatchObject({ accessKeyId: "AKIDapp" });
  });

  test.for([
    [`source_profile = a`, 'profile "a" is neither in'],
    [`source_profile = default`, 'profile "default" is its own source_profile, but has no keys'],
    [
      `source_profile = a\n[profile a]\nrole_arn = x\nsource_profile = b\n[profile b]\nrole_arn = x\nsource_profile = a`,
      "the source profiles are circular: default → a → b → a",
    ],
    [`source_profile = a\ncredential_source = Environment`, "it has both source_profile and credential_source"],
    [`credential_source = Elsewhere`, "its credential_source must be Environment, EcsContainer or Ec2InstanceMetadata"],
    [`credential_source = Environment`, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"],
    [`source_profile = a\nduration_seconds = 1h`, "duration_seconds that is not in seconds"],
    [
      `source_profile = a\nmfa_serial = arn`,
      "pass fromProfile({ mfaCodeProvider }) of @clientsmith/runtime/credentials as the client's option credentials",
    ],
  ] as const)("and %j states why there are none", async ([settings, reason]) => {
    const error = await failedSearch(contextIn(`[default]\nrole_arn = x\n${settings}`));
    expect(error.tried.at(-1)?.reason).toContain(reason);
  });

  test("that STS rejects names the code, and the source that was used", async () => {
    const sts = await startService(() => [403, "<Error><Code>AccessDenied</Code><Message>hush</Message></Error>"]);
    const config = `[default]\nrole_arn = ${role("app")}\nsource_profile = base\n[profile base]\n${keys}`;
    const error = await failedSearch(contextIn(config, { env: { AWS_ENDPOINT_URL_STS: sts.origin } }));
    expect(error.tried.at(-1)?.reason).toMatch(
      /^profile "default", with profile "base" in .*: STS at .* \(AccessDenied\)/,
    );
    expect(error.message).not.toContain("hush");
  });
});

describe("fromProfile", () => {
  test("requests the code of an MFA device", async () => {
    const sts = await startSts();
    const config = `[profile app]\nrole_arn = ${role("app")}\nsource_profile = base\nmfa_serial = arn:mfa\n[profile base]\n${keys}`;
    const { environment } = contextIn(config);
    const env = { HOME: environment.homeDirectory ?? "", AWS_ENDPOINT_URL_STS: sts.origin };
    const asked: string[] = [];
    const provider = (code: string) =>
      withEnvironment(env, () =>
        fromProfile({
          profile: "app",
          mfaCodeProvider: async (serial) => {
            asked.push(serial);
            return code;
          },
        })(),
      );
    expect(await provider("123456")).toMatchObject({ accessKeyId: "AKIDapp" });
    const parameters = new URLSearchParams(sts.requests[0]?.body);
    expect([parameters.get("SerialNumber"), parameters.get("TokenCode")]).toEqual(["arn:mfa", "123456"]);
    expect(asked).toEqual(["arn:mfa"]);
    await expect(provider("12")).rejects.toThrow("mfaCodeProvider did not return six digits");
  });

  test("reports what the profile lacks", async () => {
    const { environment } = contextIn("[profile app]\nregion = eu-west-1");
    const env = { HOME: environment.homeDirectory ?? "" };
    await expect(withEnvironment(env, () => fromProfile({ profile: "app" })())).rejects.toMatchObject({
      code: "Credentials",
      message:
        'The profile "app" has no credentials: profile "app" has no aws_access_key_id and no aws_secret_access_key',
    });
  });
});

/** Runs with other environment variables. */
async function withEnvironment<T>(env: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return await run();
  } finally {
    vi.unstubAllEnvs();
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  }
}
