import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudTrailClient, type CloudTrailClientOptions, getTrail } from "@clientsmith/cloudtrail";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Transport } from "#runtime/schema/http.js";
import { loadSharedFiles } from "#runtime/config/shared-files.js";
import { credentialsFromOfficialPackage } from "#runtime/credentials/from-official-package.js";
import { startHttpServer } from "../../integration/http/support/servers.js";
import { contextWith } from "../../unit/runtime/credentials/support.js";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";

const name = "@aws-sdk/credential-providers";
const isInstalled = await peersInstalled();

interface RootConfiguration {
  readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
}

const keys = "[profile audit]\naws_access_key_id = AKIAFROMFILE\naws_secret_access_key = secret\n";

type Provider = Extract<CloudTrailClientOptions["credentials"], () => unknown>;

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

  it("assume the role of a profile in its stead", async () => {
    const sts = await startHttpServer((_request, response) =>
      response.end(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/app/s</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken><Expiration>2040-01-01T00:00:00Z</Expiration></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>`),
    );
    vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.origin);
    const role = "role_arn = arn:aws:iam::123456789012:role/app\nsource_profile = audit";
    writeFileSync(config, `${keys}[profile app]\n${role}\n`);
    const context = contextWith(
      { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: "/gone" },
      {},
      { region: "eu-west-1" },
    );
    const files = await loadSharedFiles(context.environment);
    const load = () => Promise.resolve(providers);
    expect(await credentialsFromOfficialPackage("app", files, { way: "an assumed role" }, context, load)).toMatchObject(
      {
        accessKeyId: "AKIAROLE",
        sessionToken: "token",
        accountId: "123456789012",
        source: 'an assumed role of profile "app"',
      },
    );
    expect(sts.requests[0]?.headers["authorization"]).toContain("Credential=AKIAFROMFILE/");
    expect(sts.requests[0]?.headers["authorization"]).toContain("/eu-west-1/sts/");
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
