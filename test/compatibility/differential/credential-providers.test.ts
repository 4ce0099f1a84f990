import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { createHash, generateKeyPairSync } from "node:crypto";
import { dirname, join } from "node:path";
import { CloudTrailClient, type CloudTrailClientOptions, getTrail } from "@clientsmith/cloudtrail";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Transport } from "#runtime/schema/http.js";
import { fromProfile } from "#runtime/credentials/profile/index.js";
import { type ReceivedRequest, startHttpServer } from "../../integration/http/support/servers.js";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";

const name = "@aws-sdk/credential-providers";
const isInstalled = await peersInstalled();

interface RootConfiguration {
  readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
}

const keys = "[profile audit]\naws_access_key_id = AKIAFROMFILE\naws_secret_access_key = secret\n";

type Provider = Extract<CloudTrailClientOptions["credentials"], () => unknown>;

const role = "role_arn = arn:aws:iam::123456789012:role/app\nrole_session_name = me";
const sso = "sso_account_id = 123456789012\nsso_role_name = Reader";
const session = "arn:aws:iam::123456789012:user/jo";
const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest("hex");
const soon = new Date(Date.now() + 60_000).toISOString();
const later = new Date(Date.now() + 3_600_000).toISOString();
const dpopKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "pem", type: "sec1" });

/** Profiles that need requests, and the files of tokens that they read. */
const profiles = [
  { name: "a source profile", settings: `${role}\nsource_profile = audit`, files: {} },
  {
    name: "a chain of roles",
    settings: `${role}\nsource_profile = middle\n[profile middle]\n${role}\nexternal_id = x\nregion = eu-west-1\nsource_profile = audit`,
    files: {},
  },
  {
    name: "an SSO session",
    settings: `sso_session = corp\n${sso}\n[sso-session corp]\nsso_region = us-west-2\nsso_start_url = https://corp.test`,
    files: { [`.aws/sso/cache/${hash("sha1", "corp")}.json`]: { accessToken: "token", expiresAt: later } },
  },
  {
    name: "SSO without a session",
    settings: `${sso}\nsso_region = us-west-2\nsso_start_url = https://corp.test`,
    files: { [`.aws/sso/cache/${hash("sha1", "https://corp.test")}.json`]: { accessToken: "token", expiresAt: later } },
  },
  {
    name: "a console login that ends soon",
    settings: `login_session = ${session}`,
    files: {
      [`.aws/login/cache/${hash("sha256", session)}.json`]: {
        accessToken: {
          accessKeyId: "A",
          secretAccessKey: "S",
          sessionToken: "T",
          accountId: "123456789012",
          expiresAt: soon,
        },
        clientId: "arn:aws:signin:::devtools/same-device",
        refreshToken: "refresh",
        dpopKey,
      },
    },
  },
];

function responseTo(url: string): string {
  if (url.startsWith("/federation")) {
    return JSON.stringify({
      roleCredentials: {
        accessKeyId: "AKIASSO",
        secretAccessKey: "s",
        sessionToken: "t",
        expiration: 2_000_000_000_000,
      },
    });
  }
  if (url.startsWith("/v1/token")) {
    const accessToken = { accessKeyId: "AKIALOGIN", secretAccessKey: "s", sessionToken: "t" };
    return JSON.stringify({ accessToken, expiresIn: 900, refreshToken: "next", tokenType: "aws_sigv4" });
  }
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/app/s</Arn></AssumedRoleUser>
    <Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>token</SessionToken><Expiration>2040-01-01T00:00:00Z</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;
}

/** What two requests for the same credentials have in common: their order of parameters, dates and proofs may differ. */
function comparable({ method, url, headers, body }: ReceivedRequest): object {
  const [path, query = ""] = url.split("?");
  const isForm = String(headers["content-type"]).startsWith("application/x-www-form-urlencoded");
  // The official package sends the default of STS.
  const isDefault = ([field, value]: readonly [string, string]): boolean =>
    field === "DurationSeconds" && value === "3600";
  const fields = (text: string): object =>
    Object.fromEntries([...new URLSearchParams(text)].filter((each) => !isDefault(each)).toSorted());
  const content: unknown = isForm ? fields(body) : body === "" ? "" : JSON.parse(body);
  const scope = /Credential=(\w+)\/\d+\/([\w/-]+)/.exec(String(headers["authorization"]));
  const [header] = String(headers["dpop"]).split(".");
  return {
    method,
    path,
    query: fields(query),
    content,
    signedBy: scope?.slice(1),
    token: headers["x-amz-sso_bearer_token"],
    proof: header,
  };
}

/** Providers of the official package, by the types that it declares. */
const source = `
import { CloudTrailClient } from "@clientsmith/cloudtrail";
import * as providers from "${name}";

export const clients: readonly CloudTrailClient[] = [
  new CloudTrailClient({ credentials: providers.fromEnv() }),
  new CloudTrailClient({ credentials: providers.fromIni({ profile: "audit" }) }),
  new CloudTrailClient({ credentials: providers.fromNodeProviderChain() }),
  new CloudTrailClient({ credentials: providers.fromProcess() }),
  new CloudTrailClient({ credentials: providers.fromSSO() }),
  new CloudTrailClient({ credentials: providers.fromTokenFile() }),
  new CloudTrailClient({ credentials: providers.fromWebToken({ roleArn: "arn", webIdentityToken: "token" }) }),
  new CloudTrailClient({ credentials: providers.fromTemporaryCredentials({ params: { RoleArn: "arn" } }) }),
  new CloudTrailClient({ credentials: providers.fromContainerMetadata() }),
  new CloudTrailClient({ credentials: providers.fromInstanceMetadata() }),
  new CloudTrailClient({ credentials: providers.fromHttp() }),
  new CloudTrailClient({ credentials: providers.fromCognitoIdentity({ identityId: "us-east-1:1" }) }),
];
`;

describe.skipIf(!isInstalled)(`providers of ${name}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-credentials-"));
  const config = join(folder, "config");
  let providers: Record<string, (options?: object) => Provider>;

  beforeAll(async () => {
    providers = (await peer(name)) as typeof providers;
    writeFileSync(config, keys);
  }, 120_000);

  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("sign calls with what fromEnv finds", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAFROMENV");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    expect(await keyOf(providers["fromEnv"]?.())).toBe("AKIAFROMENV");
    expect(await keyOf(providers["fromNodeProviderChain"]?.())).toBe("AKIAFROMENV");
  });

  it("sign calls with what fromIni finds", async () => {
    const files = { filepath: join(folder, "credentials"), configFilepath: config };
    expect(await keyOf(providers["fromIni"]?.({ profile: "audit", ...files }))).toBe("AKIAFROMFILE");
  });

  it.each(profiles)("and fromProfile send the same requests for a profile with $name", async ({ settings, files }) => {
    const service = await startHttpServer(({ url }, response) => response.end(responseTo(url)));
    vi.stubEnv("HOME", folder);
    for (const id of ["STS", "SSO", "SSO_OIDC", "SIGNIN"]) vi.stubEnv(`AWS_ENDPOINT_URL_${id}`, service.origin);
    const read = async (provider: Provider | undefined): Promise<readonly [object, readonly object[]]> => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), JSON.stringify(content));
      }
      mkdirSync(join(folder, ".aws"), { recursive: true });
      writeFileSync(join(folder, ".aws/config"), `${keys}[profile app]\nregion = eu-west-1\n${settings}\n`);
      const before = service.requests.length;
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = (await provider?.({})) ?? {};
      // The lifetime of a login's credentials counts from the response.
      const hour = Math.round((expiration?.getTime() ?? 0) / 3_600_000);
      return [{ accessKeyId, secretAccessKey, sessionToken, hour }, service.requests.slice(before).map(comparable)];
    };
    const official = await read(providers["fromIni"]?.({ profile: "app", ignoreCache: true }));
    const own = await read(fromProfile({ profile: "app" }));
    expect(own).toEqual(official);
    expect(own[1].length).toBeGreaterThan(0);
  });

  it("have types that the client takes", () => {
    const project = join(root, ".cache/credential-providers");
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "clients.ts"), source);
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as RootConfiguration;
    const paths: Record<string, string[]> = { [name]: [peerFile(name, "dist-types/index.d.ts")] };
    for (const [alias, places] of Object.entries(compilerOptions.paths)) {
      paths[alias] = places.map((place) => join(root, place));
    }
    const configuration = { extends: "../../tsconfig.json", compilerOptions: { paths }, include: ["clients.ts"] };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(configuration));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  }, 120_000);
});

/** The access key that a call is signed with. */
async function keyOf(credentials: Provider | undefined): Promise<string | undefined> {
  let authorization: string | undefined;
  const transport: Transport = {
    send: (request) => {
      authorization = request.headers["authorization"];
      return Promise.resolve({ status: 200, headers: {}, body: new TextEncoder().encode("{}") });
    },
    close: () => Promise.resolve(),
  };
  if (!credentials) throw new Error("there is no such provider");
  await getTrail(new CloudTrailClient({ region: "us-east-1", credentials, transport }), { Name: "audit" });
  return /Credential=(\w+)\//.exec(authorization ?? "")?.[1];
}
