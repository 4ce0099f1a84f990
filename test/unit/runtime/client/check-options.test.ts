import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Client } from "#runtime/client/client.js";
import type { CallOptions, ClientOptions } from "#runtime/config/options.js";
import { ConfigurationError } from "#runtime/errors/index.js";
import { invoke } from "#runtime/call/invoke.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import { peer, peerFile, peersInstalled } from "../../../support/peers.js";

const canCompare = await peersInstalled();

const service: Service = {
  name: "Demo",
  sdkId: "Demo",
  shapeName: "Demo_1",
  version: "2020-01-01",
  protocol: awsJson1_1,
  resolveEndpoint: () => ({ url: "https://demo.test" }),
  endpointBuiltIns: {},
};
const empty = { type: "structure", name: "Empty", members: {} } as const;
const operation: Operation = { name: "Ask", input: empty, output: empty };

function rejectionOf(options: object): unknown {
  try {
    void new Client(service, options as ClientOptions);
    return "accepted";
  } catch (error) {
    return error;
  }
}

async function callRejectionOf(options: unknown): Promise<unknown> {
  const client = new Client(service, {});
  return invoke(client, operation, {}, options as CallOptions).catch((error: unknown) => error);
}

/** Names of other clients, and what is said of each; the other names of theirs have no counterpart. */
const advice: Readonly<Record<string, RegExp>> = {
  accessKeyId: /; use credentials: \{/,
  credentialProvider: /; use credentials: .* function/,
  credentialDefaultProvider: /; use credentials: .* function/,
  maxRetries: /; use maxAttempts, .* \+ 1/,
  retryDelayOptions: /; use maxAttempts and retryMode/,
  retryStrategy: /; use maxAttempts and retryMode/,
  connectionTimeout: /; use connectTimeout$/,
  socketTimeout: /; use headersTimeout and bodyTimeout/,
  requestTimeout: /; use headersTimeout and bodyTimeout, or deadline/,
  httpOptions: /; use transport/,
  requestHandler: /; use transport/,
  tls: /; use an endpoint that starts with http:/,
  sslEnabled: /; use an endpoint that starts with http:/,
  paramValidation: /; use validation$/,
  params: /; pass them with each call/,
  abortSignal: /; use signal, an option of calls/,
  signal: /; use signal, an option of calls/,
  profile: /; set AWS_PROFILE/,
  defaultsMode: /; use the options that it sets/,
  customUserAgent: /; use hooks/,
  userAgentAppId: /; use hooks/,
  defaultUserAgentProvider: /; use hooks/,
  clientSideMonitoring: /; use hooks or logger/,
  extensions: /; use hooks or logger/,
  correctClockSkew: /; leave it out: the clock is corrected/,
  disableClockSkewCorrection: /; leave it out: the clock is corrected/,
  apiVersion: /; leave it out: .* generated for/,
  apiVersions: /; leave it out: .* generated for/,
  serviceId: /; leave it out: .* generated for/,
  signer: /; leave it out: how to sign/,
  signatureVersion: /; leave it out: how to sign/,
  signatureCache: /; leave it out: how to sign/,
  signingEscapePath: /; leave it out: how to sign/,
  sigv4aSigningRegionSet: /; leave it out: how to sign/,
  defaultSigningName: /; leave it out: how to sign/,
  signerConstructor: /; leave it out: how to sign/,
  httpAuthSchemes: /; leave it out: how to sign/,
  httpAuthSchemeProvider: /; leave it out: how to sign/,
  authSchemePreference: /; leave it out: how to sign/,
  token: /; leave it out: requests are signed/,
  tokenProvider: /; leave it out: requests are signed/,
  hostPrefixEnabled: /; use disableHostPrefix/,
  maxRedirects: /; leave it out: redirections/,
  followRegionRedirects: /; leave it out: redirections/,
  convertResponseTypes: /; leave it out/,
  computeChecksums: /; leave it out/,
  dynamoDbCrc32: /; leave it out/,
  useFIPSEndpoint: /; use useFipsEndpoint$/,
  useDualStackEndpoint: /; use useDualstackEndpoint$/,
  regoin: /; use region$/,
};

/** What is ours too, under the same name. */
const same = new Set(
  [
    "credentials endpoint logger maxAttempts region retryMode systemClockOffset useDualstackEndpoint useFipsEndpoint".split(
      " ",
    ),
  ].flat(),
);

describe("names of other clients", () => {
  it.each(Object.entries(advice))("%s", (name, wanted) => {
    expect(rejectionOf({ [name]: 1 })).toBeInstanceOf(TypeError);
    expect(String(rejectionOf({ [name]: 1 }))).toMatch(wanted);
  });

  it.runIf(canCompare)("none of theirs is taken for another option", async () => {
    const { Config } = (await peer("aws-sdk")) as { Config: { prototype: { keys: object } } };
    const names = new Set(Object.keys(Config.prototype.keys));
    for (const [name, className] of [
      ["cloudtrail", "CloudTrailClient"],
      ["s3", "S3Client"],
      ["dynamodb", "DynamoDBClient"],
    ] as const) {
      const module = await peer(`@aws-sdk/client-${name}`);
      const Theirs = module[className] as new (options: object) => { config: object };
      for (const key of Object.keys(new Theirs({ region: "us-east-1" }).config)) names.add(key);
      const types = readFileSync(peerFile(`@aws-sdk/client-${name}`, `dist-types/${className}.d.ts`), "utf8");
      for (const [, key = ""] of types.matchAll(/^ {4}(\w+)\?:/gm)) names.add(key);
    }
    expect(names.size).toBeGreaterThan(80);
    for (const name of names) {
      if (same.has(name)) continue;
      expect(String(rejectionOf({ [name]: 1 }))).toMatch(advice[name] ?? /; known options: region, /);
    }
  });

  it("of a call: those of the client are called so", async () => {
    for (const name of ["region", "retryMode", "hooks"]) {
      expect(String(await callRejectionOf({ [name]: 1 }))).toContain(`"${name}"; it is an option of the client`);
    }
    expect(String(await callRejectionOf({ abortSignal: 1 }))).toContain("; use signal");
    expect(String(await callRejectionOf({ deadlin: 1 }))).toContain("; use deadline");
    expect(String(await callRejectionOf({ timeout: 1 }))).toContain(
      "; use headersTimeout and bodyTimeout, or deadline",
    );
  });
});

describe("values of options", () => {
  it.each([
    [{ validation: "false" }, /^validation must be true, false or an object, but is "false"$/],
    [{ validation: null }, /^validation must be .* but is null$/],
    [{ validation: { min: 1 } }, /^validation\.min must be true or false, but is 1$/],
    [{ hooks: 5 }, /^hooks must be an object, but is 5$/],
    [{ hooks: { onComplete: 5 } }, /^hooks\.onComplete must be a function, but is 5$/],
    [{ retryMode: "adaptve" }, /^retryMode must be standard or adaptive, but is "adaptve"$/],
    [{ useFipsEndpoint: "false" }, /^useFipsEndpoint must be true or false, but is "false"$/],
    [{ maxConnections: 0 }, /^maxConnections must be a whole number from 1, but is 0$/],
    [{ maxConnections: "x" }, /^maxConnections must be/],
    [{ maxResponseSize: Number.NaN }, /^maxResponseSize must be a number of bytes from 0, but is/],
    [{ maxResponseSize: -1 }, /^maxResponseSize must be/],
    [{ requestMinCompressionSizeBytes: -1 }, /^requestMinCompressionSizeBytes must be/],
    [{ systemClockOffset: Number.NaN }, /^systemClockOffset must be a number of milliseconds/],
    [{ systemClockOffset: 1e18 }, /^systemClockOffset must be/],
    [{ systemClockOffset: "5" }, /^systemClockOffset must be/],
    [{ connectTimeout: "5000" }, /^connectTimeout must be a number of milliseconds from 0, but is "5000"$/],
    [{ maxAttempts: "3" }, /^maxAttempts must be a whole number from 1, but is "3"$/],
    [{ logger: {} }, /^logger must be an object with the functions info and debug, but is another object$/],
    [{ transport: {} }, /^transport must be an object with the functions send and close/],
  ])("%j is rejected", (options, message) => {
    const error = rejectionOf(options);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(message);
  });

  it("invalid names within an option are rejected as well", () => {
    expect(rejectionOf({ validation: { mim: true } })).toBeInstanceOf(TypeError);
    expect(String(rejectionOf({ validation: { mim: true } }))).toContain('validation has no option "mim"; use min');
    expect(String(rejectionOf({ hooks: { onComplet: () => {} } }))).toContain(
      'hooks has no option "onComplet"; use onComplete',
    );
  });

  it("of a call: the options themselves and the signal too", async () => {
    expect(await callRejectionOf(null)).toMatchObject({
      name: "TypeError",
      message: "A call of Ask: options must be an object, but are null",
    });
    for (const signal of [5, {}, "x"]) {
      expect(await callRejectionOf({ signal })).toMatchObject({
        message: expect.stringMatching(/^signal must be an AbortSignal/) as string,
      });
    }
  });
});
