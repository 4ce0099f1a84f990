import { beforeEach, describe, expect, test, vi } from "vitest";
import { InstanceMetadata } from "#runtime/credentials/from-instance-metadata.js";
import { createCredentialSource } from "#runtime/credentials/resolve.js";
import { type ReceivedRequest, startHttpServer } from "../http/support/servers.js";
import { shortenTimeouts } from "../../support/short-timeouts.js";
import { contextWith, failedSearch, loggerOf, reasonOf, search } from "../../unit/runtime/credentials/support.js";

const minute = 60_000;
const start = Date.parse("2030-01-01T00:00:00Z");
let time = start;
const now = () => time;
beforeEach(() => {
  time = start;
});

const rolesPath = "/latest/meta-data/iam/security-credentials/";

const credentials = (id = "AKIDIMDS", expiration = "2030-01-01T06:00:00Z") => ({
  Code: "Success",
  LastUpdated: "2030-01-01T00:00:00Z",
  Type: "AWS-HMAC",
  AccessKeyId: id,
  SecretAccessKey: "hush",
  Token: "hush-token",
  Expiration: expiration,
  AccountId: "123456789012",
});

type ScriptedResponse = readonly [status: number, body: string | object];

/** A metadata service; its responses can be changed as the test goes on. */
async function startService(
  responses: { token?: ScriptedResponse; roles?: ScriptedResponse; role?: ScriptedResponse } = {},
) {
  const state = { token: [200, "imds-token"], roles: [200, "app-role\n"], role: [200, credentials()], ...responses };
  const server = await startHttpServer(({ method, url, headers }: ReceivedRequest, response) => {
    const isToken = method === "PUT" && url === "/latest/api/token";
    const isExtended = url.startsWith("/latest/meta-data/iam/security-credentials-extended");
    const known = isToken ? state.token : url === rolesPath ? state.roles : state.role;
    const [status, body] = (isExtended ? [404, ""] : known) as ScriptedResponse;
    const isAllowed = isToken
      ? headers["x-aws-ec2-metadata-token-ttl-seconds"] === "21600"
      : headers["x-aws-ec2-metadata-token"] === "imds-token";
    response.writeHead(isAllowed ? status : 401).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  const env = { AWS_EC2_METADATA_DISABLED: "", AWS_EC2_METADATA_SERVICE_ENDPOINT: server.origin };
  return { server, state, env };
}

describe("instance metadata", () => {
  test("are the last source, by a token of version 2", async () => {
    const { server, env } = await startService();
    expect(await search(contextWith(env))).toEqual({
      accessKeyId: "AKIDIMDS",
      secretAccessKey: "hush",
      sessionToken: "hush-token",
      expiration: new Date("2030-01-01T06:00:00Z"),
      accountId: "123456789012",
      source: "instance metadata, role app-role",
    });
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PUT /latest/api/token",
      "GET /latest/meta-data/iam/security-credentials-extended/",
      `GET ${rolesPath}`,
      `GET ${rolesPath}app-role`,
    ]);
  });

  test.for([
    [{ token: [403, ""] }, "it returned status 403 for a token: the instance metadata is switched off"],
    [{ token: [404, "hush"] }, "it returned status 404 for a token"],
    [{ token: [200, "two words"] }, "it returned something other than a token"],
    [{ roles: [404, ""] }, "the instance has no role: attach an instance profile"],
    [{ roles: [401, ""] }, "it returned status 401 for its role"],
    [{ roles: [200, "../../hush"] }, "it returned something other than the name of a role"],
    [{ role: [404, ""] }, "it returned status 404 for credentials of role app-role"],
    [{ role: [200, "<hush>"] }, "it returned something other than a JSON object"],
    [{ role: [200, { Code: "AssumeRoleUnauthorizedAccess" }] }, "for role app-role (AssumeRoleUnauthorizedAccess)"],
    [{ role: [200, { ...credentials(), Token: "" }] }, "its response lacks Token"],
  ] as const)("that do not come report why: %j", async ([givenResponses, reason]) => {
    const { env } = await startService(givenResponses as Parameters<typeof startService>[0]);
    const error = await failedSearch(contextWith(env));
    expect(error.tried.at(-1)?.source).toBe("instance metadata");
    expect(error.tried.at(-1)?.reason).toContain(reason);
    expect(error.message).not.toContain("hush");
  });

  test("are not requested where a redirect leads", async () => {
    const elsewhere = await startService();
    const service = await startHttpServer(({ url }, response) =>
      response.writeHead(307, { location: elsewhere.server.origin + url }).end(),
    );
    const env = { AWS_EC2_METADATA_DISABLED: "", AWS_EC2_METADATA_SERVICE_ENDPOINT: service.origin };
    expect((await failedSearch(contextWith(env))).message).toContain("it returned status 307 for a token");
    expect(elsewhere.server.requests).toHaveLength(0);
  });

  test("are never requested by version 1", async () => {
    const { server, env } = await startService({ token: [405, ""] });
    await failedSearch(contextWith(env));
    expect(server.requests.map(({ method }) => method)).toEqual(["PUT"]);
  });

  test("are not taken from a response that is too long", async () => {
    const { env } = await startService({ role: [200, { ...credentials(), Token: "hush".repeat(20_000) }] });
    const error = await failedSearch(contextWith(env));
    expect(error.message).toContain("its response has more than 65536 bytes");
    expect(error.message).not.toContain("hush");
  });

  test.for(["true", "TRUE", "True"])("are not requested where AWS_EC2_METADATA_DISABLED is %s", async (disabled) => {
    const { server, env } = await startService();
    const error = await failedSearch(contextWith({ ...env, AWS_EC2_METADATA_DISABLED: disabled }));
    expect(error.tried.at(-1)?.reason).toBe("AWS_EC2_METADATA_DISABLED switches it off");
    expect(server.requests).toHaveLength(0);
  });

  test("are requested twice where the service fails", async () => {
    const { server, env, state } = await startService({ roles: [500, ""] });
    await failedSearch(contextWith(env));
    expect(server.requests).toHaveLength(4);
    state.roles = [200, "app-role"];
    expect(await search(contextWith(env))).toMatchObject({ accessKeyId: "AKIDIMDS" });
  });

  test("of a machine that has none are not requested again for half a minute", async () => {
    const timeouts = shortenTimeouts();
    const silent = await startHttpServer(() => {});
    const env = { AWS_EC2_METADATA_DISABLED: "", AWS_EC2_METADATA_SERVICE_ENDPOINT: silent.origin };
    const metadata = new InstanceMetadata(contextWith(env, {}, { now }));
    const reason = `${silent.origin} did not respond within 1000 ms; is this an EC2 instance?`;
    expect(reasonOf(await metadata.load())).toBe(reason);
    expect(silent.requests).toHaveLength(2);
    time += 29_000;
    expect(reasonOf(await metadata.load())).toBe(reason);
    expect(silent.requests).toHaveLength(2);
    time += 2_000;
    await metadata.load();
    expect(silent.requests).toHaveLength(4);
    expect(timeouts).toEqual([1000, 1000, 1000, 1000]);
  });

  test("are requested from the endpoint of the profile", async () => {
    const { server } = await startService();
    const config = `[default]\nec2_metadata_service_endpoint = ${server.origin}`;
    const context = contextWith({ AWS_EC2_METADATA_DISABLED: "" }, { config });
    expect(await search(context)).toMatchObject({ accessKeyId: "AKIDIMDS" });
  });

  test.for([
    [{ AWS_EC2_METADATA_SERVICE_ENDPOINT: "not a url" }, "AWS_EC2_METADATA_SERVICE_ENDPOINT must"],
    [{ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv5" }, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6"],
  ] as const)("need a right setting: %j", async ([env, reason]) => {
    const error = await failedSearch(contextWith({ AWS_EC2_METADATA_DISABLED: "", ...env }));
    expect(error.message).toContain(reason);
  });
});

describe("instance metadata that cannot be renewed", () => {
  test("leave the last credentials in use, with one warning, until they can", async () => {
    const { state, env } = await startService();
    const logger = loggerOf();
    const metadata = new InstanceMetadata(contextWith(env, {}, { now, logger }));
    expect(await metadata.load()).toMatchObject({ expiration: new Date("2030-01-01T06:00:00Z") });

    state.role = [500, ""];
    time = start + 355 * minute;
    for (let times = 0; times < 3; times++) {
      const { expiration } = (await metadata.load()) as { expiration: Date };
      expect(expiration.getTime()).toBeGreaterThanOrEqual(time + 10 * minute);
      expect(expiration.getTime()).toBeLessThanOrEqual(time + 15 * minute);
    }
    expect(logger.warn).toHaveBeenCalledOnce();
    expect(logger.warn.mock.calls[0]?.[0]).toContain("cannot be refreshed");

    state.role = [200, credentials("AKIDNEW", "2030-01-01T12:00:00Z")];
    expect(await metadata.load()).toMatchObject({
      accessKeyId: "AKIDNEW",
      expiration: new Date("2030-01-01T12:00:00Z"),
    });
    state.role = [500, ""];
    await metadata.load();
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  test("and those that have expired serve all the same", async () => {
    const { env } = await startService({ role: [200, credentials("AKIDOLD", "2029-12-31T00:00:00Z")] });
    const logger = loggerOf();
    const found = await new InstanceMetadata(contextWith(env, {}, { now, logger })).load();
    expect(found).toMatchObject({ accessKeyId: "AKIDOLD" });
    expect((found as { expiration: Date }).expiration.getTime()).toBeGreaterThan(time);
    expect(logger.warn.mock.calls[0]?.[0]).toContain("the credentials that it returned have expired");
  });
});

test("a client's source renews them in the background, once for all calls, and waits for none", async () => {
  const { server, state, env } = await startService();
  const source = createCredentialSource(undefined, contextWith(env, {}, { now }));
  expect(await Promise.all([source.get(), source.get(), source.get()])).toHaveLength(3);
  expect(server.requests).toHaveLength(4);
  state.role = [200, credentials("AKIDNEW", "2030-01-01T12:00:00Z")];
  time = start + 356 * minute;
  for (let times = 0; times < 5; times++) expect(source.get()).toMatchObject({ accessKeyId: "AKIDIMDS" });
  await vi.waitFor(() => expect(source.get()).toMatchObject({ accessKeyId: "AKIDNEW" }));
  expect(server.requests).toHaveLength(6);
});
