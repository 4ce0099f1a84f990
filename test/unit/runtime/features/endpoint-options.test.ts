import { describe, expect, it } from "vitest";
import { sigv4 } from "#runtime/auth/sigv4.js";
import { sigv4a } from "#runtime/auth/sigv4a.js";
import { Client } from "#runtime/client/client.js";
import { endpointOptions } from "#runtime/features/endpoint-options.js";
import type { ClientOptions } from "#runtime/config/options.js";
import { readClientConfig } from "#runtime/config/client-config.js";
import type { EndpointParameters, EndpointOption, Operation, Service } from "#runtime/schema/service.js";
import { ConfigurationError, EndpointError } from "#runtime/errors/index.js";
import { invoke } from "#runtime/call/invoke.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { environmentWith } from "../config/support.js";

const options: Readonly<Record<string, EndpointOption>> = {
  accountIdEndpointMode: {
    parameter: "Mode",
    type: "string",
    values: ["preferred", "disabled", "required"],
    default: "preferred",
    source: { variable: "AWS_ACCOUNT_ID_ENDPOINT_MODE", setting: "account_id_endpoint_mode" },
  },
  useArnRegion: {
    parameter: "UseArnRegion",
    type: "boolean",
    source: { variable: "AWS_S3_USE_ARN_REGION", setting: "s3_use_arn_region" },
  },
  zones: { parameter: "Zones", type: "stringArray" },
};

function serviceWith(resolve: (parameters: EndpointParameters) => object = () => ({})): Service {
  return {
    name: "Demo",
    sdkId: "Demo",
    shapeName: "Demo_1",
    version: "2020-01-01",
    signingName: "demo",
    authSchemes: [sigv4(), sigv4a()],
    protocol: awsJson1_1,
    resolveEndpoint: (parameters) => ({ url: "https://demo.test", ...resolve(parameters) }),
    endpointBuiltIns: {
      Region: "AWS::Region",
      Account: "AWS::Auth::AccountId",
      Mode: "AWS::Auth::AccountIdEndpointMode",
    },
    endpointOptions: endpointOptions(options),
  };
}

const unit = { type: "structure", name: "Unit", members: {} } as const;
const ping: Operation = { name: "Ping", input: unit, output: unit };
const credentials = { accessKeyId: "AKID", secretAccessKey: "SECRET", accountId: "111122223333" };

async function call(service: Service, given: object = {}, operation = ping): Promise<HttpRequest> {
  let sent: HttpRequest | undefined;
  const client = new Client(service, {
    region: "us-east-1",
    credentials,
    transport: {
      send: (request) => {
        sent = request;
        return Promise.resolve({ status: 200, headers: {}, body: Buffer.from("{}") });
      },
      close: () => Promise.resolve(),
    },
    ...given,
  } as ClientOptions);
  await invoke(client, operation, {});
  if (!sent) throw new Error("Nothing was sent");
  return sent;
}

describe("options for endpoint parameters", () => {
  async function read(given: object, env: Record<string, string> = {}, config = ""): Promise<EndpointParameters> {
    return (await readClientConfig({ region: "eu-west-1", ...given }, serviceWith(), environmentWith({ config }, env)))
      .endpointParameters;
  }

  it("come from the client, the environment, the profile and their default, in this order", async () => {
    const profile = "[default]\naccount_id_endpoint_mode = required\ns3_use_arn_region = true";
    expect(await read({})).toEqual({ Mode: "preferred" });
    expect(await read({}, {}, profile)).toEqual({ Mode: "required", UseArnRegion: true });
    expect(await read({}, { AWS_ACCOUNT_ID_ENDPOINT_MODE: "Disabled" }, profile)).toMatchObject({ Mode: "disabled" });
    const given = { accountIdEndpointMode: "required", useArnRegion: false, zones: ["a"] };
    expect(await read(given, { AWS_ACCOUNT_ID_ENDPOINT_MODE: "disabled" }, profile)).toEqual({
      Mode: "required",
      UseArnRegion: false,
      Zones: ["a"],
    });
  });

  it.each<[object, Record<string, string>, RegExp]>([
    [
      { accountIdEndpointMode: "never" },
      {},
      /option accountIdEndpointMode must be preferred or disabled or required, got "never"/,
    ],
    [{ useArnRegion: "true" }, {}, /option useArnRegion must be true or false, got "true"/],
    [{ zones: "a" }, {}, /option zones must be a list of strings, got "a"/],
    [{}, { AWS_ACCOUNT_ID_ENDPOINT_MODE: "x" }, /^AWS_ACCOUNT_ID_ENDPOINT_MODE must be preferred .* but is "x"/],
    [{}, { AWS_S3_USE_ARN_REGION: "1" }, /^AWS_S3_USE_ARN_REGION must be true or false/],
  ])("are rejected: %j %j", async (given, env, message) => {
    const failure = read(given, env);
    await expect(failure).rejects.toBeInstanceOf(ConfigurationError);
    await expect(failure).rejects.toThrow(message);
  });

  it("are known to the clients that have them, and to no others", () => {
    const other = { ...serviceWith(), endpointOptions: endpointOptions({}) };
    expect(new Client(serviceWith(), { useArnRegion: true } as ClientOptions)).toBeInstanceOf(Client);
    expect(() => new Client(other, { useArnRegion: true } as ClientOptions)).toThrow(TypeError);
    expect(() => new Client(serviceWith(), { useArnRegions: true } as ClientOptions)).toThrow(/use useArnRegion/);
  });
});

describe("the account in the endpoint", () => {
  const byAccount = serviceWith(({ Account, Mode }) => ({ url: `https://${String(Account)}.${String(Mode)}.test` }));

  it("is that of the credentials, of each call again", async () => {
    expect((await call(byAccount)).origin).toBe("https://111122223333.preferred.test");
    const provider = () => Promise.resolve({ ...credentials, accountId: "444455556666" });
    expect((await call(byAccount, { credentials: provider })).origin).toBe("https://444455556666.preferred.test");
  });

  it("is not requested where it is disabled, or the call is not signed", async () => {
    expect((await call(byAccount, { accountIdEndpointMode: "disabled" })).origin).toBe(
      "https://undefined.disabled.test",
    );
    const noCredentials = () => Promise.reject(new Error("not to be asked"));
    const unsigned = { ...ping, auth: "none" } as const;
    const request = await call(byAccount, { credentials: noCredentials }, unsigned);
    expect(request.origin).toBe("https://undefined.preferred.test");
  });
});

describe("the authentication schemes of an endpoint", () => {
  const withSchemes = (...authSchemes: object[]): Service => serviceWith(() => ({ properties: { authSchemes } }));

  it("are tried in their order, and the first that is supported signs", async () => {
    const request = await call(
      withSchemes(
        { name: "sigv4-s3express", signingName: "a" },
        { name: "sigv4", signingName: "b", signingRegion: "eu-west-1" },
        { name: "sigv4", signingName: "c", signingRegion: "eu-west-2" },
      ),
    );
    expect(request.headers["authorization"]).toContain("/eu-west-1/b/aws4_request");
    expect(request.headers["x-amz-content-sha256"]).toMatch(/^[\da-f]{64}$/);
  });

  it("may be a signature of several Regions, by default of the client's", async () => {
    const several = await call(withSchemes({ name: "sigv4a", signingName: "a", signingRegionSet: ["eu-*", "us-*"] }));
    expect(several.headers).toMatchObject({
      authorization: expect.stringMatching(/^AWS4-ECDSA-P256-SHA256 Credential=AKID\/\d{8}\/a\/aws4_request, /),
      "x-amz-region-set": "eu-*,us-*",
    });
    expect((await call(withSchemes({ name: "sigv4a" }))).headers["x-amz-region-set"]).toBe("us-east-1");
  });

  it("that encode paths once want the body's hash too", async () => {
    const request = await call(withSchemes({ name: "sigv4", disableDoubleEncoding: true }));
    expect(request.headers["x-amz-content-sha256"]).toMatch(/^[\da-f]{64}$/);
    expect(request.headers["authorization"]).toContain("x-amz-content-sha256");
  });

  it.each([
    ["bearer", /https:\/\/demo\.test must be signed with bearer, which this client does not support\.$/],
    ["sigv4-s3express", /signed with sigv4-s3express, which/],
  ])("none of which is supported are an error: %s", async (name, message) => {
    const failure = call(withSchemes({ name, signingName: "s3" }));
    await expect(failure).rejects.toBeInstanceOf(EndpointError);
    await expect(failure).rejects.toThrow(message);
  });
});
