import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  Config,
  CredentialProviderChain,
  EnvironmentCredentials,
  SharedIniFileCredentials,
} from "#runtime/classic/index.js";
import { Books, type Hit, json, options, serve } from "../support.js";

afterEach(() => vi.unstubAllEnvs());

const keyless = { region: options.region, retryDelayOptions: { base: 1 } };

/** The access keys that requests were signed with. */
const keysOf = (hits: readonly Hit[]): (string | undefined)[] =>
  hits.map(({ request }) => /Credential=(\w+)\//.exec(String(request.headers.authorization))?.[1]);

/** Nothing but the variables given, so that no credentials of this machine are found. */
function environment(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("HOME", "/nowhere");
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** A source of credentials over HTTP as a container has one, and how often it was asked. */
async function container(): Promise<{ readonly hits: Hit[]; readonly variables: Record<string, string> }> {
  const { endpoint, hits } = await serve((response, hit, number) =>
    json(200, {
      AccessKeyId: `AKIDCONTAINER${number}`,
      SecretAccessKey: "s",
      Token: "t",
      Expiration: new Date(Date.now() + 3_600_000).toISOString(),
    })(response, hit, number),
  );
  return { hits, variables: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/credentials` } };
}

describe("credentials that nobody gives", () => {
  it("come from the usual places, are kept in the configuration, and are searched once for all service objects", async () => {
    const { hits: asked, variables } = await container();
    environment(variables);
    const { endpoint, hits } = await serve(json(200, {}));
    const first = new Books({ ...keyless, region: "eu-1", endpoint });
    await first.listBooks().promise();
    await new Books({ ...keyless, region: "eu-1", endpoint }).listBooks().promise();
    expect(keysOf(hits)).toEqual(["AKIDCONTAINER1", "AKIDCONTAINER1"]);
    expect(asked).toHaveLength(1);
    expect(first.config.credentials).toMatchObject({ accessKeyId: "AKIDCONTAINER1", sessionToken: "t" });
  });

  it("are fetched again where a service rejects them as expired", async () => {
    const { hits: asked, variables } = await container();
    environment(variables);
    const { endpoint, hits } = await serve((response, hit, number) =>
      json(number === 1 ? 400 : 200, number === 1 ? { __type: "ExpiredTokenException" } : {})(response, hit, number),
    );
    await new Books({ ...keyless, region: "eu-2", endpoint }).listBooks().promise();
    expect(keysOf(hits)).toEqual(["AKIDCONTAINER1", "AKIDCONTAINER2"]);
    expect(asked).toHaveLength(2);
  });

  it("are passed to the callback of getCredentials, and are in the configuration then", async () => {
    environment({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "s" });
    const config = new Config({ region: "eu-3" });
    await new Promise<void>((resolve) => {
      config.getCredentials((error) => {
        expect(error).toBeNull();
        expect(config.credentials).toMatchObject({ accessKeyId: "AKIDENV" });
        resolve();
      });
    });
  });

  it("fail the request with all places that were searched", async () => {
    environment({});
    const service = new Books({ ...keyless, region: "eu-4", endpoint: "http://127.0.0.1:1" });
    await expect(service.listBooks().promise()).rejects.toMatchObject({
      code: "CredentialsError",
      message: expect.stringMatching(
        /^Missing credentials in config: No AWS credentials were found\.[^]*Tried:/,
      ) as string,
    });
  });
});

describe("a chain of providers", () => {
  it("asks a provider function again once what it gave has ended", async () => {
    const { endpoint, hits } = await serve(json(200, {}));
    let count = 0;
    const provider = async () => ({
      accessKeyId: `AKIDGIVEN${++count}`,
      secretAccessKey: "s",
      expiration: new Date(count === 1 ? Date.now() - 1 : Date.now() + 3_600_000),
    });
    const credentialProvider = new CredentialProviderChain([provider]);
    const service = new Books({ ...keyless, endpoint, credentialProvider });
    await service.listBooks().promise();
    await service.listBooks().promise();
    await service.listBooks().promise();
    expect(new Set(keysOf(hits))).toEqual(new Set(["AKIDGIVEN2"]));
    expect(count).toBe(2);
  });

  it("rejects what a provider function gives if it has expired twice", async () => {
    const expiration = new Date("2020-01-02T03:04:05Z");
    const provider = async () => ({ accessKeyId: "AKIDGIVEN", secretAccessKey: "s", expiration });
    await expect(new CredentialProviderChain([provider]).resolvePromise()).rejects.toThrow(
      "returned credentials that expired at 2020-01-02T03:04:05.000Z",
    );
  });

  it("searches the usual places where it is given none", async () => {
    environment({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "s" });
    expect(await new CredentialProviderChain().resolvePromise()).toMatchObject({ accessKeyId: "AKIDENV" });
  });
});

describe("EnvironmentCredentials", () => {
  it("has the keys of a prefix at once", () => {
    environment({ AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" });
    const credentials = new EnvironmentCredentials("AWS");
    expect(credentials).toMatchObject({ accessKeyId: "AKIDENV", secretAccessKey: "s", sessionToken: "t" });
    expect(credentials.needsRefresh()).toBe(false);
  });

  it("reports which variable is missing", async () => {
    environment({ OWN_ACCESS_KEY_ID: "A" });
    await expect(new EnvironmentCredentials("OWN").getPromise()).rejects.toMatchObject({
      code: "EnvironmentCredentialsProviderFailure",
      message: "Variable OWN_SECRET_ACCESS_KEY not set.",
    });
  });
});

describe("SharedIniFileCredentials", () => {
  const folder = mkdtempSync(join(tmpdir(), "classic-"));
  const filename = join(folder, "credentials");

  afterEach(() => rmSync(filename, { force: true }));

  it("signs with the keys of a profile", async () => {
    environment({});
    writeFileSync(filename, "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\n");
    const { endpoint, hits } = await serve(json(200, {}));
    const credentials = new SharedIniFileCredentials({ profile: "work", filename });
    await new Books({ ...keyless, endpoint, credentials }).listBooks().promise();
    expect(keysOf(hits)).toEqual(["AKIDWORK"]);
  });

  it("reports to its callback a profile that is not there", async () => {
    environment({});
    writeFileSync(filename, "[work]\n");
    const error = await new Promise((callback) => {
      void new SharedIniFileCredentials({ profile: "play", filename, callback });
    });
    expect(error).toMatchObject({
      code: "SharedIniFileCredentialsProviderFailure",
      message: expect.stringContaining('profile "play" is neither in') as string,
    });
  });

  it("rejects tokenCodeFn, and reports what to use", () => {
    expect(() => new SharedIniFileCredentials({ tokenCodeFn: () => {} } as object)).toThrow("mfaCodeProvider");
  });
});
