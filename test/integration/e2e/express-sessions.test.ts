import { presign } from "@clientsmith/runtime/presign";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { HttpRequest, HttpResponse, Transport } from "#runtime/schema/http.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { sharedPath } from "../../support/shared.js";
import { verifySignature } from "../../support/verify-signature.js";

const model = sharedPath("models/s3-2006-03-01.json");

type Call = (client: object, input: object) => Promise<object>;

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const bucket = "pond--usw2-az1--x-s3";
const place = { Bucket: bucket, Key: "a b" };
const minutes = 60_000;

/** A service that hands out sessions of five minutes, each with keys of its own, and gives every object. */
class Express implements Transport {
  readonly sent: HttpRequest[] = [];
  /** Responses instead of the usual ones, by what they respond to. */
  readonly instead: { session?: HttpResponse | undefined; object?: HttpResponse | undefined } = {};
  sessions = 0;

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.sent.push(request);
    await Promise.resolve();
    if (!request.query.startsWith("session")) {
      const { object } = this.instead;
      this.instead.object = undefined;
      return object ?? { status: 200, headers: {}, body: Buffer.from("<DeleteResult/>") };
    }
    if (this.instead.session) return this.instead.session;
    this.sessions++;
    const expiration = new Date(Date.now() + 5 * minutes).toISOString();
    const body = `<CreateSessionResult><Credentials><AccessKeyId>SESSION${this.sessions}</AccessKeyId><SecretAccessKey>session secret</SecretAccessKey><SessionToken>session token ${this.sessions}</SessionToken><Expiration>${expiration}</Expiration></Credentials></CreateSessionResult>`;
    return { status: 200, headers: {}, body: Buffer.from(body) };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get objects(): readonly HttpRequest[] {
    return this.sent.filter(({ query }) => !query.startsWith("session"));
  }

  get tokens(): readonly (string | undefined)[] {
    return this.objects.map(({ headers }) => headers["x-amz-s3session-token"]);
  }
}

const problem = (status: number, code: string): HttpResponse => ({
  status,
  headers: {},
  body: Buffer.from(`<Error><Code>${code}</Code><Message>of the service</Message></Error>`),
});

describe.skipIf(!model)("a bucket of S3 Express One Zone", () => {
  let module: ClientModule;
  beforeAll(async () => {
    ({ module } = await generateClient(model ?? ""));
  }, 120_000);
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-03-04T05:06:07Z"), toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  const clientOf = (transport: Transport, options: object = {}): object => {
    const Client = module["S3Client"] as new (options: object) => object;
    return new Client({ region: "us-west-2", credentials, transport, ...options });
  };
  const call = (name: string): Call => module[name] as Call;

  it("gets a session with the client's credentials, and signs with those of the session", async () => {
    const service = new Express();
    await call("putObject")(clientOf(service), { ...place, Body: "text" });
    const [session, put] = service.sent as [HttpRequest, HttpRequest];
    expect(session).toMatchObject({
      method: "GET",
      origin: `https://${bucket}.s3express-usw2-az1.us-west-2.amazonaws.com`,
    });
    expect(session.query).toMatch(/^session/);
    await verifySignature(session, { credentials, region: "us-west-2", service: "s3express", escapesPath: false });
    expect(session.headers).toMatchObject({ "x-amz-security-token": "token" });

    expect(put.headers).toMatchObject({
      "x-amz-s3session-token": "session token 1",
      "x-amz-checksum-crc32": "O4unxw==",
    });
    expect(put.headers).not.toHaveProperty("x-amz-security-token");
    expect(put.headers["authorization"]).toContain("x-amz-s3session-token");
    const own = { accessKeyId: "SESSION1", secretAccessKey: "session secret" };
    await verifySignature(put, { credentials: own, region: "us-west-2", service: "s3express", escapesPath: false });
  });

  it("has one session for many calls at once, and one for each bucket", async () => {
    const service = new Express();
    const client = clientOf(service);
    await Promise.all(Array.from({ length: 10 }, () => call("headObject")(client, place)));
    expect([service.sessions, service.objects.length]).toEqual([1, 10]);
    await call("headObject")(client, { ...place, Bucket: "other--usw2-az1--x-s3" });
    await call("headObject")(client, place);
    expect([service.sessions, ...new Set(service.tokens)]).toEqual([2, "session token 1", "session token 2"]);
  });

  it("has a session for each client and each identity", async () => {
    const service = new Express();
    let identity: object = credentials;
    const options = {
      credentials: () => Promise.resolve({ ...identity, expiration: new Date(Date.now() + 10 * minutes) }),
    };
    const client = clientOf(service, options);
    await call("headObject")(client, place);
    await call("headObject")(clientOf(service), place);
    identity = { accessKeyId: "AKIDOTHER", secretAccessKey: "other" };
    vi.setSystemTime(Date.now() + 11 * minutes);
    await call("headObject")(client, place);
    expect(service.sessions).toBe(3);
    const asking = service.sent.filter(({ query }) => query.startsWith("session"));
    expect(asking.at(-1)?.headers["authorization"]).toContain("AKIDOTHER");
  });

  it("refreshes the session in the background before it expires, and waits for one that has expired", async () => {
    const service = new Express();
    const client = clientOf(service);
    await call("headObject")(client, place);
    vi.setSystemTime(Date.now() + 2.9 * minutes);
    await call("headObject")(client, place);
    expect(service.sessions).toBe(1);
    // Between one and two minutes before, at random.
    vi.setSystemTime(Date.now() + 1.2 * minutes);
    await call("headObject")(client, place);
    await vi.waitFor(() => expect(service.sessions).toBe(2));
    await call("headObject")(client, place);
    expect(service.tokens).toEqual(["session token 1", "session token 1", "session token 1", "session token 2"]);
    vi.setSystemTime(Date.now() + 6 * minutes);
    await call("headObject")(client, place);
    expect(service.tokens.at(-1)).toBe("session token 3");
  });

  it("replaces a session that the service rejects, once for all calls", async () => {
    const service = new Express();
    const client = clientOf(service);
    service.instead.object = problem(400, "ExpiredToken");
    await call("getObject")(client, place);
    expect(service.tokens).toEqual(["session token 1", "session token 2"]);
    await call("getObject")(client, place);
    expect(service.sessions).toBe(2);
  });

  it("fails with the reason, without a second round of attempts", async () => {
    const service = new Express();
    service.instead.session = problem(403, "AccessDenied");
    const failure = await call("getObject")(clientOf(service), place).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "Credentials",
      operation: "GetObject",
      message: `There is no session for the bucket ${bucket}, because CreateSession failed: AccessDenied: of the service`,
      cause: { code: "Service", name: "AccessDenied", operation: "CreateSession" },
    });
    expect(service.sent).toHaveLength(1);
    service.instead.session = { status: 200, headers: {}, body: Buffer.from("<CreateSessionResult/>") };
    await expect(call("getObject")(clientOf(service), place)).rejects.toMatchObject({
      code: "Credentials",
      message: `CreateSession returned no usable session for the bucket ${bucket}`,
    });
  });

  it.each([
    ["the option", { disableS3ExpressSessionAuth: true }, {}],
    ["the environment", {}, { AWS_S3_DISABLE_EXPRESS_SESSION_AUTH: "true" }],
  ])("needs no session where %s disables it", async (_what, options, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const service = new Express();
    await call("headObject")(clientOf(service, options), place);
    const [request] = service.sent as [HttpRequest];
    expect([service.sessions, request.headers["x-amz-security-token"]]).toEqual([0, "token"]);
    await verifySignature(request, { credentials, region: "us-west-2", service: "s3express", escapesPath: false });
  });

  it("needs no session for copies, as the endpoint rules state", async () => {
    const service = new Express();
    const copy = call("copyObject")(clientOf(service), { ...place, CopySource: `${bucket}/b` });
    await copy.catch(() => {});
    expect(service.sessions).toBe(0);
    expect(service.objects[0]?.headers["authorization"]).toContain("AKIDEXAMPLE");
  });

  it("has CRC-32 checksums where S3 has MD5", async () => {
    const service = new Express();
    await call("deleteObjects")(clientOf(service), { Bucket: bucket, Delete: { Objects: [{ Key: "a" }] } });
    const [{ headers }] = service.objects as [HttpRequest];
    expect(headers["x-amz-checksum-crc32"]).toMatch(/^[\w+/]{6}==$/);
    expect(headers).not.toHaveProperty("content-md5");
  });

  it("has presigned URLs, which end with the session", async () => {
    const service = new Express();
    const client = clientOf(service);
    const { url, headers, expiresAt } = await presign(client as never, module["getObject$"] as never, place);
    const { searchParams } = new URL(url);
    expect(searchParams.get("X-Amz-S3session-Token")).toBe("session token 1");
    expect(searchParams.get("X-Amz-Credential")).toBe("SESSION1/20260304/us-west-2/s3express/aws4_request");
    expect(searchParams.has("X-Amz-Security-Token")).toBe(false);
    expect([headers, expiresAt]).toEqual([{}, new Date("2026-03-04T05:11:07Z")]);
    expect(service.objects).toEqual([]);
  });

  it("explains that a session signed", async () => {
    const service = new Express();
    service.instead.object = problem(403, "AccessDenied");
    const failure = await call("getObject")(clientOf(service), place).catch((error: unknown) => error);
    const text = (failure as { explain(): string }).explain();
    expect(text).toContain("by a session, for s3express in us-west-2");
    expect(text).toContain(`session of the bucket ${bucket}, access key …ION1`);
    expect(text).not.toContain("session token");
  });
});
