import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudTrailClient, getTrail, listTrails } from "@clientsmith/cloudtrail";
import type { ClientsmithError } from "@clientsmith/runtime";
import { type LocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { startHttpServer } from "../http/support/servers.js";
import { startCloudTrail } from "./support/cloudtrail.js";

/** Sets what the process's environment says of credentials, until the test ends. */
function environment(env: Record<string, string>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, "");
  for (const [name, value] of Object.entries({ AWS_CONFIG_FILE: "/gone", ...env })) vi.stubEnv(name, value);
}

const { accessKeyId, secretAccessKey } = testCredentials;

function withoutCredentials({ endpoint }: LocalService): CloudTrailClient {
  const client = new CloudTrailClient({ region: "us-east-1", endpoint });
  onTestFinished(() => client.close());
  return client;
}

describe("credentials that the environment gives", () => {
  it("sign the calls of a client that has none, by what a container hands out", async () => {
    const container = await startHttpServer((_request, response) => {
      const given = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: "session" };
      response.end(JSON.stringify({ ...given, Expiration: "2040-01-01T00:00:00Z" }));
    });
    environment({
      AWS_SHARED_CREDENTIALS_FILE: "/gone",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.origin}/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "container-token",
    });
    const { service } = await startCloudTrail({
      credentials: [{ accessKeyId, secretAccessKey, sessionToken: "session" }],
    });
    const client = withoutCredentials(service);
    await Promise.all([listTrails(client), listTrails(client), listTrails(client)]);
    expect(container.requests).toHaveLength(1);
    expect(container.requests[0]?.headers["authorization"]).toBe("container-token");

    const error = (await getTrail(client, { Name: "missing" }).catch((reason: unknown) => reason)) as ClientsmithError;
    expect(error.explain()).toMatch(/credentials +container, access key …\w{4}/);
    vi.unstubAllEnvs();
  });

  it("are looked for after the input is found valid, and their absence reports what was tried", async () => {
    environment({ AWS_SHARED_CREDENTIALS_FILE: "/gone", AWS_EC2_METADATA_DISABLED: "true" });
    const { service } = await startCloudTrail();
    const client = withoutCredentials(service);
    await expect(getTrail(client, { Name: "" })).rejects.toMatchObject({ code: "Validation" });
    await expect(getTrail(client, { Name: "audit" })).rejects.toMatchObject({
      code: "Credentials",
      tried: ["environment variables", "shared config files", "web identity", "container", "instance metadata"].map(
        (source) => expect.objectContaining({ source }) as object,
      ),
    });
    expect(service.requests).toHaveLength(0);
    vi.unstubAllEnvs();
  });
});

describe("shared files with problems", () => {
  const stray = "[default]\nregion = eu-west-1\n\n[profile other]\nthis line means nothing\nregion = us-west-2\n";

  /** A home directory whose config file has this text, or is a directory. */
  function home(config: string | undefined, env: Record<string, string> = {}): void {
    const directory = mkdtempSync(join(tmpdir(), "clientsmith-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const path = join(directory, "config");
    if (config === undefined) mkdirSync(path);
    else writeFileSync(path, config);
    environment({ AWS_CONFIG_FILE: path, AWS_SHARED_CREDENTIALS_FILE: "/gone", ...env });
  }

  it.each([
    ["a stray line in a profile", stray],
    ["a setting above the first section", `region = us-east-1\n${stray}`],
    ["the marks of a merge conflict", `${stray}<<<<<<< HEAD\noutput = json\n=======\noutput = text\n>>>>>>> other\n`],
    ["a section header without its bracket", `${stray}[profile third\nregion = x y\n`],
    ["text that is no INI file at all", '{ "region": "eu-west-1" }\n'],
    ["a directory where the file should be", undefined],
  ])("do not fail calls of clients that need nothing of them: %s", async (_what, config) => {
    for (const env of [{}, { AWS_PROFILE: "other" }]) {
      home(config, env);
      const { service } = await startCloudTrail();
      const client = new CloudTrailClient({
        region: "us-east-1",
        endpoint: service.endpoint,
        credentials: testCredentials,
      });
      onTestFinished(() => client.close());
      await expect(listTrails(client)).resolves.toMatchObject({ Trails: [] });
      vi.unstubAllEnvs();
    }
  });

  const shared = sharedPath("cases/config-stray-line.ini");

  const files: [string, string][] = [["a file of this test", stray]];
  if (shared !== undefined) files.push(["the shared case", readFileSync(shared, "utf8")]);

  it.each(files)("do not hide the settings of the profile that is used: %s", async (_what, config) => {
    home(config);
    const { service } = await startCloudTrail();
    const client = new CloudTrailClient({ endpoint: service.endpoint, credentials: testCredentials });
    onTestFinished(() => client.close());
    await listTrails(client);
    expect(service.requests[0]?.headers["authorization"]).toContain("/eu-west-1/cloudtrail/");
    vi.unstubAllEnvs();
  });

  it.each([
    ["[default]\nregion: eu-west-1", /config:2: expected/],
    [
      "[default]\nthis line means nothing",
      /^No AWS Region is set.* Problems of the shared files: .*config:2: expected/,
    ],
    [undefined, /^No AWS Region is set.* Problems of the shared files: .*config cannot be read \(EISDIR\)/],
  ])("are named, with file and line, by the error of what is missing: %j", async (config, message) => {
    home(config);
    const client = new CloudTrailClient({ credentials: testCredentials });
    onTestFinished(() => client.close());
    const failure = listTrails(client);
    await expect(failure).rejects.toMatchObject({ code: "Configuration" });
    await expect(failure).rejects.toThrow(message);
    vi.unstubAllEnvs();
  });
});

const isInstalled = await peersInstalled();

describe.skipIf(!isInstalled)("sources of an application", () => {
  type Provider = () => Promise<object>;

  it.each([
    [
      "before the environment, which has other keys",
      "first",
      { AWS_ACCESS_KEY_ID: "AKIDOTHER", AWS_SECRET_ACCESS_KEY: "x" },
    ],
    ["after the environment, which has none", "last", {}],
    ["after one of their own that has none", "both", {}],
  ])("are composed with others by AWS SDK v3: %s", async (_what, place, variables) => {
    environment({ AWS_SHARED_CREDENTIALS_FILE: "/gone", AWS_EC2_METADATA_DISABLED: "true", ...variables });
    const { createCredentialChain, fromEnv } = (await peer("@aws-sdk/credential-providers")) as {
      createCredentialChain: (...providers: readonly Provider[]) => Provider;
      fromEnv: () => Provider;
    };
    const vault: Provider = () => Promise.resolve({ accessKeyId, secretAccessKey });
    const empty: Provider = () => Promise.reject(Object.assign(new Error("sealed"), { tryNextLink: true }));
    const chains = { first: [vault, fromEnv()], last: [fromEnv(), vault], both: [fromEnv(), empty, vault] };
    const { service } = await startCloudTrail();
    const credentials = createCredentialChain(...chains[place as keyof typeof chains]) as () => Promise<
      typeof testCredentials
    >;
    const client = new CloudTrailClient({ region: "us-east-1", endpoint: service.endpoint, credentials });
    onTestFinished(() => client.close());
    await listTrails(client);
    expect(service.requests.at(-1)).toMatchObject({ accessKeyId, status: 200 });
    vi.unstubAllEnvs();
  });
});
