import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { HttpRequest } from "#runtime/schema/http.js";
import type { Operation, ServiceModel } from "#runtime/schema/service.js";
import { type LocalServiceOptions, startLocalService } from "#runtime/testing/index.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input?: object) => Promise<{ readonly $metadata: object }>;

const { module } = await generateClient(join(root, "test/fixtures/outside/model.smithy"));
const { find, renew, giveBack, look } = module as unknown as Record<"find" | "renew" | "giveBack" | "look", Call>;
const LibraryClient = module["LibraryClient"] as new (options: object) => { close(): Promise<void> };
const model = module["LibraryModel"] as ServiceModel<Record<string, Operation>>;

const login = { username: "Jäsøn", password: "Circle: of Life" };
const accepted = { apiKeys: ["k-1", "k-2"], tokens: ["t-1"], logins: [login, { username: "ada", password: "x" }] };

/** A local library, and a client of it. */
async function start(identity: object, options: Partial<LocalServiceOptions> = accepted) {
  const handlers = Object.fromEntries(Object.keys(model.operations).map((name) => [name, () => ({})]));
  const service = await startLocalService({ service: model, handlers, ...options });
  const client = new LibraryClient({ endpoint: service.endpoint, maxAttempts: 1, ...identity });
  onTestFinished(async () => {
    await client.close();
    await service.close();
  });
  const statuses = (): unknown[] => service.requests.map(({ status }) => status);
  return { service, client, statuses };
}

const title = "emma";

describe("the identities that a local service accepts", () => {
  it.each([
    [{ apiKey: "k-2" }, find, 200],
    [{ apiKey: "k-3" }, find, 401],
    [{ token: "t-1" }, find, 200],
    [{ token: "k-1" }, find, 401],
    [{ login }, giveBack, 200],
    [{ login: { ...login, password: "Circle" } }, giveBack, 401],
    [{ login: { ...login, username: "ada" } }, giveBack, 401],
    [{}, look, 200],
    [{ token: "t-1" }, look, 200],
    [{ token: "t-2" }, look, 401],
  ] as const)("are those of its options: %j", async (identity, call, status) => {
    const { client, service, statuses } = await start(identity);
    const error: unknown = await call(client, call === look ? {} : { title }).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(statuses()).toEqual([status]);
    const text = JSON.stringify([service.requests, String(error)]);
    const { apiKey, token, login: given } = { apiKey: "-", token: "-", login: { password: "-" }, ...identity };
    for (const secret of [apiKey, token, given.password]) if (secret !== "-") expect(text).not.toContain(secret);
    if (status === 401)
      expect(error).toMatchObject({ name: "Unauthorized", message: expect.stringMatching(/does not accept an? /) });
  });

  it("are any without these options, but there has to be one", async () => {
    const { client, service, statuses } = await start({ apiKey: "any" }, {});
    await find(client, { title });
    const { status } = await fetch(`${service.endpoint}/books/emma`);
    expect([status, statuses()]).toEqual([401, [200, 401]]);
  });

  it.each([
    [{ apiKeys: "k" }, "apiKeys must be a list of texts"],
    [{ tokens: [""] }, "tokens must be a list of texts"],
    [{ logins: [{ username: "a" }] }, 'logins must be a list of { username: "…", password: "…" }'],
  ])("are checked: %j", async (options, message) => {
    await expect(startLocalService({ service: model, handlers: {}, ...(options as object) })).rejects.toThrow(message);
  });
});

describe("HTTP Digest of a local service", () => {
  it("challenges the first request, and accepts the digests of the following ones", async () => {
    const { client, statuses } = await start({ login });
    expect((await renew(client, { title, weeks: 2 })).$metadata).toMatchObject({ attempts: 1 });
    await Promise.all(Array.from({ length: 8 }, () => renew(client, { title: "sense & sensibility" })));
    expect(statuses()).toEqual([401, ...Array<number>(9).fill(200)]);
  });

  it("rejects another password, and another user", async () => {
    for (const wrong of [
      { ...login, password: "x" },
      { ...login, username: "x" },
    ]) {
      const { client, statuses } = await start({ login: wrong });
      await expect(renew(client, { title })).rejects.toMatchObject({ name: "Unauthorized", status: 401 });
      expect(statuses()).toEqual([401, 401]);
    }
  });

  it("declares a nonce stale after five minutes, which the client meets", async () => {
    let now = Date.now();
    const { client, statuses } = await start({ login }, { ...accepted, clock: () => now });
    await renew(client, { title });
    now += 299_000;
    await renew(client, { title });
    now += 2_000;
    await renew(client, { title });
    expect(statuses()).toEqual([401, 200, 200, 401, 200]);
  });

  it("rejects a request that is sent twice, or whose path or body was changed", async () => {
    const received: { readonly path: string; readonly authorization: string }[] = [];
    const { client, service } = await start(
      { login },
      {
        ...accepted,
        onRequest: ({ path, headers }) => received.push({ path, authorization: String(headers["authorization"]) }),
      },
    );
    await renew(client, { title });
    const { path, authorization } = received.at(-1) ?? expect.unreachable();
    const send = async (to: string): Promise<string | null> => {
      const headers = { authorization, "content-type": "application/json" };
      const response = await fetch(`${service.endpoint}${to}`, { method: "POST", headers, body: "{}" });
      return response.headers.get("www-authenticate");
    };
    expect(await send(path)).toContain("stale=true");
    const other = await send("/loans/other/renewal");
    expect(other).toContain('Digest realm="Library", qop="auth, auth-int", algorithm=SHA-256, nonce="');
    expect(other).not.toContain("stale");
  });

  it.each(["MD5", "MD5-sess", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"])(
    "verifies %s, with the hash of the body",
    async (algorithm) => {
      const { service } = await start({ login });
      const url = `${service.endpoint}/loans/emma/renewal`;
      const challenge = await fetch(url, { method: "POST" });
      const [, nonce = ""] = /nonce="(\w+)"/.exec(challenge.headers.get("www-authenticate") ?? "") ?? [];
      const name = algorithm.toLowerCase().replace("-sess", "").replace("sha-", "sha");
      const hash = (text: string): string => createHash(name).update(text).digest("hex");
      const key = hash("ada:Library:x");
      const secret = algorithm.endsWith("-sess") ? hash(`${key}:${nonce}:c`) : key;
      const send = async (body: string, signed: string, nc: string): Promise<number> => {
        const message = hash(`POST:/loans/emma/renewal:${hash(signed)}`);
        const authorization = [
          'Digest username="ada", realm="Library"',
          `nonce="${nonce}", uri="/loans/emma/renewal", cnonce="c", nc=${nc}, qop=auth-int, algorithm=${algorithm}`,
          `response="${hash([secret, nonce, nc, "c", "auth-int", message].join(":"))}"`,
        ].join(", ");
        const headers = { authorization, "content-type": "application/json" };
        return (await fetch(url, { method: "POST", headers, body })).status;
      };
      expect(await send('{"weeks":2}', '{"weeks":2}', "00000001")).toBe(200);
      expect(await send('{"weeks":9}', '{"weeks":2}', "00000002")).toBe(401);
    },
  );

  const hasCurl = spawnSync("curl", ["--version"]).status === 0;
  if (!hasCurl) console.log("skipped: HTTP Digest of curl, which is not installed");

  it.runIf(hasCurl)("is that of curl", async () => {
    const { service, statuses } = await start({ login });
    const { execFile } = await import("node:child_process");
    const curl = (user: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const url = `${service.endpoint}/loans/emma/renewal`;
        const args = ["-s", "--digest", "-u", user, "-d", "{}", "-H", "content-type: application/json", url];
        execFile("curl", args, (error, stdout) => (error ? reject(error) : resolve(stdout)));
      });
    expect(await curl("ada:x")).toBe("{}");
    await curl("ada:y");
    expect(statuses()).toEqual([401, 200, 401, 401]);
  });

  it("is not challenged without logins", async () => {
    const { client, statuses } = await start({ login }, {});
    await renew(client, { title });
    expect(statuses()).toEqual([200]);
  });

  it("shows no digest in its records", async () => {
    const { client, service } = await start({ login });
    await renew(client, { title });
    const headers: HttpRequest["headers"][] = service.requests.map((request) => request.headers);
    expect(headers.map(({ authorization }) => authorization)).toEqual([undefined, "Digest ***"]);
  });
});
