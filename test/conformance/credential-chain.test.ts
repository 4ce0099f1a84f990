import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { loadSharedFiles } from "#runtime/config/shared-files.js";
import { createDefaultChain } from "#runtime/credentials/default-chain.js";
import { tokenFromSso } from "#runtime/credentials/profile/sso.js";
import { createCredentialSource } from "#runtime/credentials/resolve.js";
import { CredentialsError } from "#runtime/errors/index.js";
import { startHttpServer } from "../integration/http/support/servers.js";
import { sharedPath } from "../support/shared.js";
import { environmentWith } from "../unit/runtime/config/support.js";
import { contextOf } from "../unit/runtime/credentials/support.js";

/** Chains of sources of credentials: which one is used, and when the search ends. */
const file = sharedPath("conformance/credentials/chain.json");

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | null;
  readonly accountId?: string | null;
}
type Response = Keys | { readonly error: string };

interface Case {
  readonly id: string;
  readonly documentation: string;
  readonly input: {
    readonly installedModules?: readonly string[];
    readonly clientIdentityResolver?: Keys;
    readonly profileNameOverride?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly configFiles?: { readonly aws: string };
    readonly identityType?: "TokenIdentity" | "AwsCredentialsIdentity";
    readonly stsResponse?: Response;
    readonly ssoResponse?: Response;
    readonly imdsResponse?: Response;
    readonly httpResponse?: Response;
  };
  readonly expected: {
    readonly resolved?: Keys;
    readonly selectedProvider?: string | null;
    readonly resolutionError?: { readonly providersTried: readonly string[] };
  };
}

const cases = file ? (JSON.parse(readFileSync(file, "utf8")) as readonly Case[]) : [];

/** Cases about what other SDKs have. */
const custom =
  "the chain has no places for sources of an application, as that of AWS SDK v3: a composed function is the option credentials";
const others: Readonly<Record<string, string>> = {
  "4": custom,
  "6": "the runtime has all sources; none is a package of its own",
  "9": "a role is used before the keys of its profile, as by the AWS CLI and AWS SDK v3",
  "12": custom,
  "13": custom,
  "14": custom,
  "15": custom,
  "16": custom,
  "19": custom,
  "22": custom,
  "23": custom,
  "25": "clients read the shared files from their paths; none takes their text, as in AWS SDK v3",
  "28": custom,
};

/** How messages name the sources. */
const sources: Readonly<Record<string, RegExp>> = {
  Environment: /^environment variables$/,
  ProfileStaticKeys: /^profile "/,
  ProfileSessionKeys: /^profile "/,
  ProfileAssumeRole: /^role arn:/,
  ProfileSsoSession: /^SSO of profile/,
  WebIdentityTokenEnv: /^web identity, role/,
  EcsContainer: /^container$/,
  Ec2InstanceMetadata: /^instance metadata, role/,
};

/** Container hosts and instance metadata have fixed addresses. */
const local = vi.hoisted(() => ({
  response: (_url: URL): { status: number; body: string } => ({ status: 404, body: "" }),
}));
const asked = vi.hoisted((): string[] => []);
vi.mock(import("#runtime/credentials/request-metadata.js"), () => ({
  requestMetadata: async ({ url }) => {
    asked.push(url.href);
    return local.response(url);
  },
}));

beforeEach(() => {
  asked.length = 0;
});

const applicable = cases.filter(({ id }) => others[id] === undefined);

describe.skipIf(!file)("the chains of credentials", () => {
  it("have 29 cases: 16 apply, 13 are about other chains", () => {
    expect([cases.length, applicable.length, Object.keys(others).length]).toEqual([29, 16, 13]);
    expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(others)));
  });

  it.each(applicable)("$id: $documentation", async (each) => {
    const { expected, input } = each;
    const found = await resolve(each).catch((error: unknown) => error);
    if (input.identityType === "TokenIdentity") {
      expect(found).toEqual({ ...expected.resolved, expiration: new Date("2100-01-01T00:00:00Z") });
      return;
    }
    if (expected.resolved) {
      const { accessKeyId, secretAccessKey, sessionToken = null, accountId = null, source } = found as Found;
      // The service does not return the account: it is that of the profile.
      const account = expected.selectedProvider === "ProfileSsoSession" ? "123456789012" : expected.resolved.accountId;
      expect({ accessKeyId, secretAccessKey, sessionToken, accountId }).toEqual({
        ...expected.resolved,
        accountId: account,
      });
      if (expected.selectedProvider) expect(source).toMatch(sources[expected.selectedProvider] ?? /^$/);
      return;
    }
    expect(found).toBeInstanceOf(CredentialsError);
    const { tried, message } = found as CredentialsError;
    const isConfigured = expected.resolutionError?.providersTried.length === 1;
    expect(message).toMatch(isConfigured ? /configured but cannot be loaded/ : /^No AWS credentials were found/);
    expect(tried.at(-1)?.source).toBe(isConfigured ? "shared config files" : "instance metadata");
    expect(input.imdsResponse === undefined || asked.length === 0).toBe(true);
  });
});

type Found = Keys & { readonly source?: string };

async function resolve({ input }: Case): Promise<object> {
  const { env = {}, configFiles, installedModules = [], stsResponse, ssoResponse, profileNameOverride } = input;
  const service = await startHttpServer(({ url }, response) => {
    const [status, body] = url.startsWith("/federation") ? ssoBody(ssoResponse) : stsBody(stsResponse);
    response.writeHead(status).end(body);
  });
  local.response = (url) => localResponse(url, input);
  const environment = environmentWith(configFiles ? { config: configFiles.aws } : {});
  const { homeDirectory } = environment;
  const cache = join(homeDirectory, ".aws/sso/cache");
  mkdirSync(cache, { recursive: true });
  const session = createHash("sha1").update("dev").digest("hex");
  writeFileSync(
    join(cache, `${session}.json`),
    JSON.stringify({ accessToken: "aToken", expiresAt: "2100-01-01T00:00:00Z" }),
  );
  const token = join(homeDirectory, "token");
  writeFileSync(token, "token");
  const variables = {
    ...env,
    ...(env["AWS_WEB_IDENTITY_TOKEN_FILE"] && { AWS_WEB_IDENTITY_TOKEN_FILE: token }),
    ...(profileNameOverride && { AWS_PROFILE: profileNameOverride }),
    AWS_EC2_METADATA_DISABLED: installedModules.includes("imds") ? "" : "true",
    AWS_ENDPOINT_URL: service.origin,
  };
  const context = contextOf({ homeDirectory, env: variables });
  // A token of a profile is a function that the client is given.
  if (input.identityType === "TokenIdentity") {
    return tokenFromSso("default", await loadSharedFiles(context.environment), context);
  }
  if (input.clientIdentityResolver) {
    const { accessKeyId, secretAccessKey, sessionToken, accountId } = input.clientIdentityResolver;
    return createCredentialSource(
      { accessKeyId, secretAccessKey, sessionToken: sessionToken ?? "", accountId: accountId ?? "" },
      context,
    ).get();
  }
  return createDefaultChain(context)({ forceRefresh: false });
}

function stsBody(given: Response | undefined): [number, string] {
  if (!given || "error" in given) return [403, "<Error><Code>AccessDenied</Code></Error>"];
  const { accessKeyId, secretAccessKey, sessionToken, accountId } = given;
  return [
    200,
    `<R><AssumedRoleUser><Arn>arn:aws:sts::${accountId}:assumed-role/r/s</Arn></AssumedRoleUser>
      <Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
      <SessionToken>${sessionToken}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></R>`,
  ];
}

function ssoBody(scripted: Response | undefined): [number, string] {
  if (!scripted || "error" in scripted) return [401, "{}"];
  const { accessKeyId, secretAccessKey, sessionToken } = scripted;
  const expiration = Date.parse("2100-01-01T00:00:00Z");
  return [200, JSON.stringify({ roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration } })];
}

function localResponse({ hostname, pathname }: URL, input: Case["input"]): { status: number; body: string } {
  if (pathname.endsWith("/api/token")) return { status: 200, body: "token" };
  if (pathname.endsWith("/security-credentials-extended/")) return { status: 200, body: "role" };
  const response = hostname === "169.254.169.254" ? input.imdsResponse : input.httpResponse;
  if (!response || "error" in response) return { status: 404, body: "" };
  const {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: Token,
    accountId: AccountId,
  } = response;
  return { status: 200, body: JSON.stringify({ AccessKeyId, SecretAccessKey, Token, AccountId }) };
}
