import { createHash, createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CredentialsError, isClientsmithError } from "#runtime/errors/index.js";
import type { Operation, ServiceModel } from "#runtime/schema/service.js";
import { keyPairOf } from "#runtime/signing/ecdsa.js";
import { startLocalService, testCredentials } from "#runtime/testing/index.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input?: object) => Promise<object>;

const { module } = await generateClient(join(root, "test/fixtures/authentication/model.json"));
const [enter, enterSigned, enterAnywhere, enterByToken, look] = [
  "enter",
  "enterSigned",
  "enterAnywhere",
  "enterByToken",
  "look",
].map((name) => module[name] as Call) as [Call, Call, Call, Call, Call];
const GateClient = module["GateClient"] as new (options: object) => object;
const model = module["GateModel"] as ServiceModel<Record<string, Operation>>;

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const secret = "s3cr3t-token";
const token = { token: secret };

afterEach(() => void vi.unstubAllEnvs());

/** A client whose requests are kept instead of sent. */
function clientOf(options: object): { readonly client: object; readonly sent: HttpRequest[] } {
  const { transport, sent } = keepRequests();
  return { client: new GateClient({ region: "eu-west-1", transport, ...options }), sent };
}

/** By what the request of a call is authenticated, without what differs from one to the next. */
async function authOf(call: Call, options: object): Promise<string | undefined> {
  const { client, sent } = clientOf(options);
  await call(client);
  expect(sent).toHaveLength(1);
  return sent[0]?.headers["authorization"]?.replace(/\/\d{8}\//, "/DATE/").replace(/, SignedHeaders.*/, "");
}

const bearer = `Bearer ${secret}`;
const signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/DATE/eu-west-1/the-gate/aws4_request";

describe("an operation that several schemes serve", () => {
  it("takes the first in the model's order that there is an identity for", async () => {
    expect(await authOf(enter, { credentials, token })).toBe(bearer);
    expect(await authOf(enter, { credentials })).toBe(signature);
    expect(await authOf(enterSigned, { credentials, token })).toBe(signature);
  });

  it("takes the token where it is all that the caller gives, or where the environment has one for the service", async () => {
    expect(await authOf(enterSigned, { token })).toBe(bearer);
    vi.stubEnv("AWS_BEARER_TOKEN_THE_GATE", secret);
    expect(await authOf(enterSigned, { credentials })).toBe(bearer);
    expect(await authOf(enterSigned, { credentials, token: { token: "own" } })).toBe(signature);
    expect(await authOf(enter, { credentials, token: { token: "own" } })).toBe("Bearer own");
  });
});

describe("a bearer token", () => {
  it("is requested from a function once while it is valid, by any number of calls", async () => {
    const expiration = new Date(Date.now() + 3_600_000);
    const provider = vi.fn<() => Promise<object>>(() => Promise.resolve({ ...token, expiration }));
    const { client, sent } = clientOf({ token: provider });
    await Promise.all([enter(client), enter(client), enterByToken(client)]);
    await enter(client);
    expect(provider).toHaveBeenCalledOnce();
    expect(sent.map(({ headers }) => headers["authorization"])).toEqual([bearer, bearer, bearer, bearer]);
  });

  it("is requested again once it has expired", async () => {
    let count = 0;
    const provider = () => Promise.resolve({ token: `t${++count}`, expiration: new Date(Date.now() + 50) });
    const { client, sent } = clientOf({ token: provider });
    await enter(client);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await enter(client);
    expect(sent.map(({ headers }) => headers["authorization"])).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("causes an error that states what to set if it is absent, unless it is optional", async () => {
    const { client, sent } = clientOf({ credentials });
    await expect(enterByToken(client)).rejects.toThrow(CredentialsError);
    await expect(enterByToken(client)).rejects.toThrow(
      "EnterByToken requires a bearer token, and there is none. Set the client option token, or set AWS_BEARER_TOKEN_THE_GATE.",
    );
    expect(sent).toEqual([]);
    await look(client);
    expect(sent[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each([
    ["a number", 5],
    ["nothing", { token: "" }],
    ["a line break", { token: `${secret}\n` }],
    ["a bad date", { token: secret, expiration: "soon" }],
    ["a function that fails", () => Promise.reject(new Error(secret))],
  ])("that is %s is rejected, and not shown", async (_what, given) => {
    const { client, sent } = clientOf({ token: given });
    const error: unknown = await enter(client).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CredentialsError);
    expect((error as Error).message).not.toContain(secret);
    expect(sent).toEqual([]);
  });

  it("is sent over plain http to this machine alone", async () => {
    for (const endpoint of ["http://gate.example", "http://10.0.0.1:8080", "http://localhost.example"]) {
      const { client, sent } = clientOf({ token, endpoint });
      await expect(enter(client)).rejects.toThrow(/^The bearer token would be sent over plain http to /);
      expect(sent).toEqual([]);
    }
    for (const endpoint of ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "http://a.localhost"]) {
      expect(await authOf(enter, { token, endpoint })).toBe(bearer);
    }
  });

  it("is in no log, hook or explanation", async () => {
    const seen: unknown[] = [];
    const see = (...what: unknown[]): void => void seen.push(what);
    const logger = { trace: see, debug: see, info: see, warn: see, error: see };
    const hooks = { onRequest: see, onSigned: see, onResponse: see, onRetry: see, onComplete: see };
    const transport = {
      send: () => Promise.resolve({ status: 403, headers: {}, body: Buffer.from('{"__type":"AccessDenied"}') }),
      close: () => Promise.resolve(),
    };
    const client = new GateClient({ region: "eu-west-1", token, transport, logger, hooks });
    const error: unknown = await enter(client).catch((caught: unknown) => caught);
    if (!isClientsmithError(error)) throw new Error("It did not fail");
    expect(error.explain()).toContain("signed      no: a bearer token was sent");
    expect(JSON.stringify([seen, error.explain(), error.message])).not.toContain(secret);
    expect(JSON.stringify(seen)).toContain("Bearer ***");
  });

  it("is an option of no other service's client", async () => {
    const { CloudTrailClient } = await import("@clientsmith/cloudtrail");
    expect(() => new CloudTrailClient({ token } as object)).toThrow(TypeError);
  });

  it("reaches a local service, which records that there was one", async () => {
    const local = await startLocalService({ service: model, handlers: { enter: () => ({}) } as never });
    const client = new GateClient({ region: "eu-west-1", token, endpoint: local.endpoint });
    await enter(client);
    await enter(new GateClient({ region: "eu-west-1", credentials: testCredentials, endpoint: local.endpoint }));
    await local.close();
    const seen = local.requests.map(({ headers }) => headers["authorization"]?.split(" ").slice(0, 2).join(" "));
    expect(seen[0]).toBe("Bearer ***");
    expect(seen[1]).toMatch(/^AWS4-HMAC-SHA256 Credential=/);
  });
});

describe("Signature Version 4A", () => {
  it("is for the Regions that the endpoint rules name, by their signing name", async () => {
    const { client, sent } = clientOf({ credentials, everywhere: true });
    await enterSigned(client);
    expectAsymmetric(sent[0], "*", "all-gates");
  });

  it("is for the client's Region where only the operation requests it", async () => {
    const { client, sent } = clientOf({ credentials: { ...credentials, sessionToken: "st" } });
    await enterAnywhere(client);
    expectAsymmetric(sent[0], "eu-west-1", "the-gate");
    expect(sent[0]?.headers["x-amz-security-token"]).toBe("st");
  });

  it("is explained, without the keys", async () => {
    const transport = {
      send: () => Promise.resolve({ status: 403, headers: {}, body: Buffer.from('{"__type":"AccessDenied"}') }),
      close: () => Promise.resolve(),
    };
    const client = new GateClient({ region: "eu-west-1", credentials, transport, everywhere: true });
    const error: unknown = await enterSigned(client).catch((caught: unknown) => caught);
    expect(isClientsmithError(error) && error.explain()).toContain("for all-gates in *, dated ");
  });
});

/** The signature is checked with the public key; what it was made of is reported by the parts of the request. */
function expectAsymmetric(request: HttpRequest | undefined, regionSet: string, service: string): void {
  const headers = request?.headers ?? {};
  expect(headers["x-amz-region-set"]).toBe(regionSet);
  const [, date, names = "", hex = ""] =
    /^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\/(\d{8})\/[\w-]+\/aws4_request, SignedHeaders=(\S+), Signature=([0-9a-f]+)$/.exec(
      headers["authorization"] ?? "",
    ) ?? [];
  expect(names.split(";")).toEqual(expect.arrayContaining(["host", "x-amz-date", "x-amz-region-set"]));
  const lines = names.split(";").map((name) => `${name}:${headers[name]}\n`);
  const bodyHash = sha256(String(request?.body ?? ""));
  const canonicalRequest = `POST\n/\n\n${lines.join("")}\n${names}\n${bodyHash}`;
  const scope = `${date}/${service}/aws4_request`;
  const text = `AWS4-ECDSA-P256-SHA256\n${headers["x-amz-date"]}\n${scope}\n${sha256(canonicalRequest)}`;
  const point = Buffer.from(keyPairOf(credentials.accessKeyId, credentials.secretAccessKey).publicKey);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" }, format: "jwk" });
  expect(verify("sha256", Buffer.from(text), key, Buffer.from(hex, "hex"))).toBe(true);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
