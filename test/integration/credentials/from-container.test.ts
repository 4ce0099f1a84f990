import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { containerUrl, credentialsFromContainer } from "#runtime/credentials/from-container.js";
import { type ReceivedRequest, startHttpServer } from "../http/support/servers.js";
import { shortenTimeouts } from "../../support/short-timeouts.js";
import { contextWith, reasonOf, search } from "../../unit/runtime/credentials/support.js";

const full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

const given = {
  AccessKeyId: "AKIDCONTAINER",
  SecretAccessKey: "hush",
  Token: "hush-token",
  Expiration: "2030-01-02T03:04:05Z",
  AccountId: "123456789012",
  RoleArn: "arn",
};

/** A container's service; with a response for each request, the last one also for all later requests. */
async function startService(...responses: (readonly [status: number, body: string])[]) {
  return startHttpServer((_request: ReceivedRequest, response) => {
    const [status, body] = (responses.length > 1 ? responses.shift() : responses[0]) ?? [500, ""];
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
}

const ask = (env: Record<string, string>) => credentialsFromContainer({ env });

describe("credentials of a container", () => {
  test("are the last but one source of the chain", async () => {
    const service = await startService([200, JSON.stringify(given)]);
    expect(await search(contextWith({ [full]: `${service.origin}/creds?id=1` }))).toEqual({
      accessKeyId: "AKIDCONTAINER",
      secretAccessKey: "hush",
      sessionToken: "hush-token",
      expiration: new Date("2030-01-02T03:04:05Z"),
      accountId: "123456789012",
      source: "container",
    });
    expect(service.requests).toMatchObject([{ method: "GET", url: "/creds?id=1" }]);
    expect(service.requests[0]?.headers["authorization"]).toBeUndefined();
  });

  test("are requested with the token, which a file goes before and is read again each time", async () => {
    const service = await startService([200, JSON.stringify(given)]);
    const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "token");
    writeFileSync(file, "first\n");
    await ask({ [full]: service.origin, [token]: "Basic abc" });
    await ask({ [full]: service.origin, [token]: "Basic abc", AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file });
    writeFileSync(file, "second");
    await ask({ [full]: service.origin, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file });
    expect(service.requests.map(({ headers }) => headers["authorization"])).toEqual(["Basic abc", "first", "second"]);
  });

  test("are requested again where the service fails, three times in all", async () => {
    const service = await startService([500, ""], [429, ""], [200, JSON.stringify(given)]);
    expect(await ask({ [full]: service.origin })).toMatchObject({ accessKeyId: "AKIDCONTAINER" });
    const failing = await startService([503, ""]);
    expect(reasonOf(await ask({ [full]: failing.origin }))).toBe(`${failing.origin} returned status 503`);
    expect(failing.requests).toHaveLength(3);
  });

  test.for([
    [403, '{"code":"AccessDenied","message":"hush"}', "returned status 403 (AccessDenied)"],
    [404, "hush", "returned status 404"],
    [302, "hush", "returned status 302"],
    [200, "hush", "returned something other than a JSON object"],
    [200, "[]", "returned something other than a JSON object"],
    [200, '{"AccessKeyId":"hush"}', "its response lacks SecretAccessKey, Token"],
    [200, JSON.stringify({ ...given, Expiration: "hush" }), "its response has an Expiration that is not a date"],
    [200, `{"AccessKeyId":"${"x".repeat(70_000)}"}`, "its response has more than 65536 bytes"],
  ] as const)("that do not come report why: %s %.20s", async ([status, body, reason]) => {
    const service = await startService([status, body]);
    const found = await ask({ [full]: service.origin });
    expect(reasonOf(found)).toContain(reason);
    expect(reasonOf(found)).not.toContain("hush");
    expect(found).toMatchObject({ isBroken: true });
  });

  test("are waited for one second, three times", async () => {
    const timeouts = shortenTimeouts();
    const silent = await startHttpServer(() => {});
    expect(reasonOf(await ask({ [full]: silent.origin }))).toBe(`${silent.origin} did not respond within 1000 ms`);
    expect(silent.requests).toHaveLength(3);
    expect(timeouts).toEqual([1000, 1000, 1000]);
  });

  test("are not requested where a redirect leads", async () => {
    const elsewhere = await startService([200, JSON.stringify(given)]);
    const service = await startHttpServer((_request, response) =>
      response.writeHead(302, { location: elsewhere.origin }).end(),
    );
    expect(reasonOf(await ask({ [full]: service.origin, [token]: "hush" }))).toBe(
      `${service.origin} returned status 302`,
    );
    expect(elsewhere.requests).toHaveLength(0);
  });

  test("are not taken from a response that breaks off, or never ends", async () => {
    shortenTimeouts();
    const broken = await startHttpServer((_request, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("hush");
      setImmediate(() => response.destroy());
    });
    expect(reasonOf(await ask({ [full]: broken.origin }))).toBe(`${broken.origin} cannot be reached: ECONNRESET`);
    const endless = await startHttpServer((_request, response) => response.writeHead(200).write("{"));
    expect(reasonOf(await ask({ [full]: endless.origin }))).toBe(`${endless.origin} did not respond within 1000 ms`);
    await vi.waitFor(() => expect(endless.open.size).toBe(0));
  });

  test("report that nothing listens", async () => {
    const gone = await startService([200, ""]);
    await gone.close();
    expect(reasonOf(await ask({ [full]: gone.origin }))).toBe(`${gone.origin} cannot be reached: ECONNREFUSED`);
  });

  test("need a token file that can be read, and a token that a header can hold", async () => {
    const env = { [full]: "http://127.0.0.1:9" };
    expect(reasonOf(await ask({ ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/gone" }))).toBe(
      "/gone, which AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names, cannot be read (ENOENT)",
    );
    const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "token");
    writeFileSync(file, "\n");
    expect(reasonOf(await ask({ ...env, [token]: "other", AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file }))).toBe(
      `${file}, which AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names, is empty`,
    );
    expect(reasonOf(await ask({ ...env, [token]: "hush\r\nx: y" }))).toBe(
      `${token} contains characters that a header cannot contain`,
    );
  });
});

describe("where a container's credentials are requested", () => {
  test.for([
    [{ [relative]: "/v2/creds?id=1" }, "http://169.254.170.2/v2/creds?id=1"],
    [{ [relative]: "/v2", [full]: "http://other" }, "http://169.254.170.2/v2"],
    [{ [full]: "https://creds.example/x" }, "https://creds.example/x"],
    [{ [full]: "http://localhost:1/x" }, "http://localhost:1/x"],
    [{ [full]: "http://127.1.2.3/" }, "http://127.1.2.3/"],
    [{ [full]: "http://[::1]:8/" }, "http://[::1]:8/"],
    [{ [full]: "http://169.254.170.23/v1" }, "http://169.254.170.23/v1"],
    [{ [full]: "http://[fd00:ec2::23]/v1" }, "http://[fd00:ec2::23]/v1"],
  ] as const)("%j", ([env, url]) => expect(String(containerUrl(env))).toBe(url));

  test.for([
    [{ [full]: "http://example.com/hush" }, `${full} refers to example.com, which is not allowed`],
    [{ [full]: "http://169.254.169.254/" }, "refers to 169.254.169.254, which is not allowed"],
    [{ [full]: "http://127.0.0.1.example.com/" }, "refers to 127.0.0.1.example.com, which is not allowed"],
    [{ [full]: "file:///etc/passwd" }, "refers to file:, which is not allowed"],
    [{ [full]: "hush" }, `${full} is not a URL`],
    [{ [relative]: "@evil.example/x" }, `${relative} refers to evil.example, which is not allowed`],
    [{ [relative]: ":80@evil.example" }, "refers to evil.example"],
  ] as const)("not %j", ([env, reason]) => {
    const url = containerUrl(env);
    expect(reasonOf(url)).toContain(reason);
    expect(reasonOf(url)).not.toContain("hush");
    expect(url).toMatchObject({ isBroken: true });
  });
});
