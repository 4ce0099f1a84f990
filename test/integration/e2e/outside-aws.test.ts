import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { isClientsmithError, isServiceError } from "#runtime/errors/index.js";
import type { HttpRequest, HttpResponse } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";
import { type DigestServerOptions, startDigestServer } from "./support/digest-server.js";

type Call = (client: object, input?: object, options?: object) => Promise<{ readonly $metadata: object }>;

const model = join(root, "test/fixtures/outside/model.smithy");
const { module, folder } = await generateClient(model);
const { find, lend, look, open, renew, giveBack } = module as unknown as Record<
  "find" | "lend" | "look" | "open" | "renew" | "giveBack",
  Call
>;
const LibraryClient = module["LibraryClient"] as new (options: object) => { close(): Promise<void> };

const apiKey = "k3y-s3cret";
const token = "t0ken-s3cret";
const login = { username: "Mufasa", password: "Circle of Life" };

afterEach(() => void vi.unstubAllEnvs());

/** A client whose requests are kept instead of sent. */
function clientOf(options: object): { readonly client: object; readonly sent: HttpRequest[] } {
  const { transport, sent } = keepRequests("{}");
  return { client: new LibraryClient({ transport, ...options }), sent };
}

async function headersOf(call: Call, options: object, input: object = {}): Promise<HttpRequest["headers"]> {
  const { client, sent } = clientOf(options);
  await call(client, input);
  expect(sent).toHaveLength(1);
  return sent[0]?.headers ?? {};
}

describe("a client of a service outside AWS", () => {
  it("speaks of AWS in no file", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      statSync(join(folder, file)).isFile(),
    );
    const found = files.flatMap((file) =>
      readFileSync(join(folder, file), "utf8")
        .split("\n")
        .filter((line) => /aws|amazon|amz|region/i.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(files.length).toBeGreaterThan(15);
    expect(found).toEqual([]);
    expect(files.filter((file) => file.includes("classic"))).toEqual([]);
  });

  it("has its endpoint from the model, or from the option", async () => {
    const { client, sent } = clientOf({ apiKey });
    await find(client, { title: "emma" });
    expect(sent[0]).toMatchObject({ origin: "https://library.test", path: "/v1/books/emma" });
    const other = clientOf({ apiKey, endpoint: "https://other.test/" });
    await find(other.client, { title: "emma" });
    expect(other.sent[0]).toMatchObject({ origin: "https://other.test", path: "/books/emma" });
  });

  it("is configured by nothing but its options", async () => {
    const env = { AWS_ENDPOINT_URL: "https://wrong.test", AWS_MAX_ATTEMPTS: "7", AWS_RETRY_MODE: "nonsense" };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_CONFIG_FILE", "/dev/null/none");
    const { client, sent } = clientOf({ apiKey });
    await find(client, { title: "emma" });
    expect(sent[0]?.origin).toBe("https://library.test");
    expect(Object.keys(sent[0]?.headers ?? {}).filter((name) => /amz|aws/.test(name))).toEqual([]);
  });

  it.each(["region", "credentials", "useFipsEndpoint", "useDualstackEndpoint", "systemClockOffset"])(
    "has no option %s",
    (name) => {
      const create = () => new LibraryClient({ [name]: "x" });
      expect(create).toThrow(new RegExp(`^LibraryClient has no option "${name}"`));
      expect(create).not.toThrow(/aws|AWS|sign/);
    },
  );

  it("retries and reads errors by the status and the model, not by codes of AWS", async () => {
    const responses: HttpResponse[] = [
      { status: 503, headers: {}, body: Buffer.from("") },
      { status: 410, headers: { "x-amzn-errortype": "Gone", "x-request-id": "r-1" }, body: Buffer.from("{}") },
    ];
    const transport = { send: () => Promise.resolve(responses.shift()), close: () => Promise.resolve() };
    const client = new LibraryClient({ apiKey, transport });
    const error: unknown = await find(client, { title: "emma" }).catch((caught: unknown) => caught);
    expect(isServiceError(error) && error).toMatchObject({ name: "Gone", attempts: 2, requestId: "r-1" });
    expect(error).toBeInstanceOf(module["Gone"]);

    responses.push({ status: 400, headers: { "x-amzn-errortype": "ThrottlingException" }, body: Buffer.from("{}") });
    const other: unknown = await find(client, { title: "emma" }).catch((caught: unknown) => caught);
    expect(isServiceError(other) && other).toMatchObject({
      name: "ThrottlingException",
      attempts: 1,
      throttling: false,
    });
  });
});

describe("the scheme of an operation", () => {
  it("is the first in the model's order that the client has an identity for", async () => {
    expect(await headersOf(find, { apiKey, token, login }, { title: "a" })).toMatchObject({
      authorization: `Bearer ${token}`,
    });
    expect(await headersOf(find, { apiKey, login }, { title: "a" })).toMatchObject({ "x-api-key": `Key ${apiKey}` });
    const basic = `Basic ${Buffer.from("Mufasa:Circle of Life").toString("base64")}`;
    expect(await headersOf(find, { login }, { title: "a" })).toMatchObject({ authorization: basic });
  });

  it("is in the operation's own order", async () => {
    const headers = await headersOf(lend, { apiKey, token });
    expect(headers).toMatchObject({ "x-api-key": `Key ${apiKey}` });
    expect(headers).not.toHaveProperty("authorization");
    expect(await headersOf(lend, { token })).toMatchObject({ authorization: `Bearer ${token}` });
  });

  it("is absent if the model states so, or if it is optional and there is no identity", async () => {
    for (const [call, options] of [
      [open, { apiKey, token, login }],
      [look, { apiKey, login }],
    ] as const) {
      const headers = await headersOf(call, options);
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("x-api-key");
    }
    expect(await headersOf(look, { token })).toMatchObject({ authorization: `Bearer ${token}` });
  });

  it.each([
    [
      find,
      {},
      "Find requires a bearer token or an API key or a user name and a password, and there is none. Set the client option token, or the client option apiKey, or the client option login.",
    ],
    [
      lend,
      { login },
      "Lend requires an API key or a bearer token, and there is none. Set the client option apiKey, or the client option token.",
    ],
    [renew, { apiKey }, "Renew requires a user name and a password, and there is none. Set the client option login."],
  ])("causes an error that states what each scheme requires if it is absent", async (call, options, message) => {
    const { client, sent } = clientOf(options);
    const error: unknown = await call(client, { title: "a" }).catch((caught: unknown) => caught);
    expect(isClientsmithError(error) && error).toMatchObject({ code: "Credentials", message });
    expect(sent).toEqual([]);
  });
});

describe("an identity", () => {
  it("is requested from a function once while it is valid, and again once the service rejects it", async () => {
    let count = 0;
    const provider = vi.fn<(request: object) => Promise<object>>(() => Promise.resolve({ apiKey: `key-${++count}` }));
    const keys: (string | undefined)[] = [];
    const transport = {
      send: ({ headers }: HttpRequest) => {
        keys.push(headers["x-api-key"]);
        const status = headers["x-api-key"] === "Key key-1" && keys.length > 2 ? 401 : 200;
        return Promise.resolve({ status, headers: { "x-amzn-errortype": "Revoked" }, body: Buffer.from("{}") });
      },
      close: () => Promise.resolve(),
    };
    const client = new LibraryClient({ apiKey: provider, transport });
    for (let call = 0; call < 3; call++) await lend(client, {});
    expect(keys).toEqual(["Key key-1", "Key key-1", "Key key-1", "Key key-2"]);
    expect(provider.mock.calls).toEqual([[{}], [{ forceRefresh: true }]]);
  });

  it("that is a value is not sent again once the service rejects it", async () => {
    const send = vi.fn<() => Promise<object>>(() =>
      Promise.resolve({ status: 401, headers: { "x-amzn-errortype": "Revoked" }, body: Buffer.from("{}") }),
    );
    const client = new LibraryClient({ apiKey, transport: { send, close: () => Promise.resolve() } });
    await expect(lend(client, {})).rejects.toMatchObject({ name: "Revoked", attempts: 1 });
    expect(send).toHaveBeenCalledOnce();
  });

  it.each([
    [lend, "apiKey", ""],
    [lend, "apiKey", `${apiKey}\n`],
    [lend, "apiKey", { apiKey, expiration: "soon" }],
    [lend, "apiKey", { key: apiKey }],
    [lend, "apiKey", () => Promise.reject(new Error(apiKey))],
    [lend, "token", `a ${token}`],
    [giveBack, "login", { username: "a", password: `${login.password}\r\n` }],
    [giveBack, "login", { username: login.password }],
    [giveBack, "login", { username: `a:${login.password}`, password: "x" }],
    [giveBack, "login", login.password],
  ])("of an invalid form is rejected, and not shown (%#)", async (call, name, value) => {
    const { client, sent } = clientOf({ [name]: value });
    const error: unknown = await call(client, {}).catch((caught: unknown) => caught);
    expect(isClientsmithError(error) && error.code).toBe("Credentials");
    expect(String(error)).not.toMatch(/s3cret|Circle/);
    expect(sent).toEqual([]);
  });

  it.each([
    [lend, { apiKey }, "The API key"],
    [lend, { token }, "The bearer token"],
    [giveBack, { login }, "The password"],
  ])("is sent over plain http to this machine alone", async (call, options, what) => {
    const { client, sent } = clientOf({ ...options, endpoint: "http://library.test" });
    await expect(call(client, {})).rejects.toThrow(`${what} would be sent over plain http to library.test`);
    expect(sent).toEqual([]);
    const local = clientOf({ ...options, endpoint: "http://127.0.0.1:1" });
    await call(local.client, {});
    expect(local.sent).toHaveLength(1);
  });

  it.each([
    [lend, { apiKey }, "Key ***"],
    [lend, { token }, "Bearer ***"],
    [giveBack, { login }, "Basic ***"],
  ])("is in no hook, log or explanation", async (call, options, mask) => {
    const seen: unknown[] = [];
    const see = (...what: unknown[]): void => void seen.push(what);
    const logger = { trace: see, debug: see, info: see, warn: see, error: see };
    const hooks = { onRequest: see, onSigned: see, onResponse: see, onRetry: see, onComplete: see };
    const transport = {
      send: () => Promise.resolve({ status: 403, headers: { "x-amzn-errortype": "No" }, body: Buffer.from("{}") }),
      close: () => Promise.resolve(),
    };
    const client = new LibraryClient({ ...options, transport, logger, hooks });
    const error: unknown = await call(client, {}).catch((caught: unknown) => caught);
    if (!isClientsmithError(error)) throw new Error("It did not fail");
    const text = JSON.stringify([seen, error.explain(), error.message]);
    expect(text).not.toMatch(/s3cret|Circle|TXVmYXNh/);
    expect(text).toContain(mask);
    expect(error.explain()).toMatch(/signed {6}no: .* (was|were) sent/);
  });
});

describe("HTTP Digest", () => {
  async function start(options: DigestServerOptions = {}, more: object = {}) {
    const server = await startDigestServer({ qop: "auth", algorithm: "SHA-256", ...options });
    const { username = login.username } = options;
    const client = new LibraryClient({ endpoint: server.endpoint, login: { ...login, username }, ...more });
    onTestFinished(async () => {
      await client.close();
      server.close();
    });
    return { ...server, client, call: () => renew(client, { title: "emma & co", weeks: 2 }) };
  }

  it("meets a challenge, which is no failed attempt, and sends the digest at once from then on", async () => {
    const onRetry = vi.fn<() => void>();
    const { seen, call } = await start({}, { hooks: { onRetry } });
    expect((await call()).$metadata).toMatchObject({ attempts: 1, totalRetryDelay: 0, status: 200 });
    await call();
    await call();
    expect(seen).toEqual(["none", "ok 00000001 auth", "ok 00000002 auth", "ok 00000003 auth"]);
    expect(onRetry).not.toHaveBeenCalled();
  });

  it.each([
    { algorithm: "MD5" },
    { algorithm: "MD5-sess" },
    { algorithm: "SHA-256" },
    { algorithm: "SHA-256-sess" },
    { algorithm: "SHA-512-256" },
    { algorithm: "SHA-512-256-sess", qop: "auth-int" },
    { algorithm: undefined },
    { algorithm: undefined, qop: undefined },
    { qop: "auth-int" },
    { qop: "auth,auth-int" },
    { userhash: true },
    { username: "Jäsøn Doe" },
    { username: 'a "quoted" name' },
  ] as const)("satisfies a server of %j", async (options) => {
    const { seen, call } = await start(options);
    await call();
    await call();
    const qop = "qop" in options ? options.qop : "auth";
    const used = qop === undefined ? "-" : qop === "auth-int" ? "auth-int" : "auth";
    const counts = qop === undefined ? ["-", "-"] : ["00000001", "00000002"];
    expect(seen).toEqual(["none", `ok ${counts[0]} ${used}`, `ok ${counts[1]} ${used}`]);
  });

  it("takes a new nonce where the last one is stale, and the next one of a response", async () => {
    const stale = await start({ uses: 1 });
    await stale.call();
    await stale.call();
    expect(stale.seen).toEqual(["none", "ok 00000001 auth", "stale", "ok 00000001 auth"]);
    for (const algorithm of ["SHA-256", "SHA-256-sess", "MD5-sess"] as const) {
      const next = await start({ uses: 1, nextnonce: true, algorithm });
      for (let count = 0; count < 3; count++) await next.call();
      expect(next.seen).toEqual(["none", ...Array<string>(3).fill("ok 00000001 auth")]);
    }
  });

  it("counts the requests that are in flight together", async () => {
    const { seen, call } = await start();
    await call();
    await Promise.all(Array.from({ length: 8 }, call));
    expect(seen.filter((each) => each.startsWith("ok"))).toHaveLength(9);
  });

  it("fails with the response of the service where the password is wrong, after one digest", async () => {
    const { seen, call } = await start({ password: "another" });
    await expect(call()).rejects.toMatchObject({ code: "UnexpectedResponse", status: 401, attempts: 1 });
    expect(seen).toEqual(["none", "wrong"]);
  });

  it("shows no digest to hooks", async () => {
    const onSigned = vi.fn<(event: { request: HttpRequest }) => void>();
    const { call } = await start({}, { hooks: { onSigned } });
    await call();
    expect(onSigned.mock.calls.map(([{ request }]) => request.headers["authorization"])).toEqual([
      undefined,
      "Digest ***",
    ]);
  });
});
