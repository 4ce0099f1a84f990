import { inspect } from "node:util";
import { connect, createServer, type AddressInfo } from "node:net";
import { CloudTrailClient, listTrails } from "@clientsmith/cloudtrail";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { ConfigurationError } from "#runtime/errors/index.js";
import { proxyHostOf } from "#runtime/transport/proxy.js";
import { startHttpServer, type TestServer } from "./support/servers.js";
import { failure, limits, openTransport, post, text } from "./support/transport.js";

interface TestProxy {
  readonly url: string;
  readonly host: string;
  readonly tunnels: string[];
  /** `user:password` of each tunnel; undefined without `Proxy-Authorization`. */
  readonly users: (string | undefined)[];
}

/** A proxy that only tunnels, as `CONNECT` asks, and records the tunnels. */
async function startProxy(): Promise<TestProxy> {
  const tunnels: string[] = [];
  const users: TestProxy["users"] = [];
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (head) => {
      const [, host = "", port = ""] = /^CONNECT ([^:]+):(\d+) /.exec(head.toString()) ?? [];
      tunnels.push(`${host}:${port}`);
      const [, credentials] = /^proxy-authorization: Basic (.*)\r$/im.exec(head.toString()) ?? [];
      users.push(credentials === undefined ? undefined : Buffer.from(credentials, "base64").toString("utf8"));
      const onward = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(onward).pipe(socket);
      });
      onward.on("error", () => socket.destroy());
      socket.on("close", () => onward.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, tunnels, users };
}

const startServer = (): Promise<TestServer> => startHttpServer((_request, response) => response.end("ok"));

afterEach(() => void vi.unstubAllEnvs());

describe("a proxy", () => {
  it("is used where the option names it", async () => {
    const [proxy, server] = [await startProxy(), await startServer()];
    const { body } = await openTransport({ proxy: proxy.url }).send(post(server), limits);
    expect([text(body), proxy.tunnels]).toEqual(["ok", [server.host]]);
  });

  it.each(["HTTP_PROXY", "http_proxy"])("is used where %s names it", async (name) => {
    const [proxy, server] = [await startProxy(), await startServer()];
    vi.stubEnv(name, proxy.url);
    await openTransport().send(post(server), limits);
    expect(proxy.tunnels).toEqual([server.host]);
  });

  it("is not used for the hosts of NO_PROXY, nor where the option is false", async () => {
    const [proxy, server] = [await startProxy(), await startServer()];
    vi.stubEnv("HTTP_PROXY", proxy.url);
    await openTransport({ proxy: false }).send(post(server), limits);
    vi.stubEnv("NO_PROXY", "127.0.0.1");
    await openTransport().send(post(server), limits);
    expect([proxy.tunnels, server.requests.length]).toEqual([[], 2]);
  });

  it("that the option names is used whatever the environment states", async () => {
    const [proxy, server] = [await startProxy(), await startServer()];
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
    vi.stubEnv("NO_PROXY", "*");
    await openTransport({ proxy: proxy.url }).send(post(server), limits);
    expect(proxy.tunnels).toEqual([server.host]);
  });

  it("that does not respond is a failure to connect", async () => {
    const server = await startServer();
    const error = await failure(openTransport({ proxy: "http://127.0.0.1:1" }).send(post(server), limits));
    expect(error).toMatchObject({ code: "Connection", systemCode: "ECONNREFUSED", sent: false });
    expect(server.requests).toHaveLength(0);
  });

  it("is named, without its credentials, where it cannot be reached or opens no tunnel", async () => {
    const server = await startServer();
    const rejected = await failure(openTransport({ proxy: "http://me:hush@127.0.0.1:1" }).send(post(server), limits));
    expect(String(rejected)).toContain(`was not sent (over the proxy 127.0.0.1:1): nothing accepts connections there`);
    let status = 407;
    const proxy = createServer((socket) => {
      socket.once("data", () => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    vi.stubEnv("HTTP_PROXY", `http://me:hush@${host}`);
    const unknown = await failure(openTransport().send(post(server), limits));
    expect(unknown).toMatchObject({ code: "Connection", systemCode: "CLIENTSMITH_PROXY_AUTHENTICATION", sent: false });
    expect(String(unknown)).toContain(`(over the proxy ${host}): the proxy requires authentication (status 407)`);
    status = 502;
    const broken = await failure(openTransport().send(post(server), limits));
    expect(String(broken)).toContain("the proxy opened no tunnel, but responded with status 502");
    for (const error of [rejected, unknown, broken]) expect(inspect(error, { depth: 9 })).not.toContain("hush");
    // A host that goes without the proxy is not said to go over it.
    vi.stubEnv("NO_PROXY", "127.0.0.1");
    const straight = { ...post(server), origin: "http://127.0.0.1:1" };
    expect(String(await failure(openTransport().send(straight, limits)))).not.toContain("proxy");
  });

  it.each([
    ["HOST", undefined],
    ["  http://HOST\t", undefined],
    ["HTTP://HOST/", undefined],
    ["//HOST", undefined],
    ["me:hush@HOST", "me:hush"],
    ["http://me:hush@HOST", "me:hush"],
    ["http://me@HOST", "me:"],
    ["http://me:@HOST", "me:"],
    ["http://:hush@HOST", ":hush"],
    ["http://me:100%@HOST", "me:100%"],
    ["http://me:%zz%4@HOST", "me:%zz%4"],
    ["http://m%65:p%40ss%25@HOST", "me:p@ss%"],
    ["http://m%C3%A9:pä@HOST", "mé:pä"],
    [" corp\\me:hush@HOST", "corp\\me:hush"],
  ])("of the environment may be written as %j", async (value, user) => {
    const [proxy, server] = [await startProxy(), await startServer()];
    vi.stubEnv("HTTP_PROXY", value.replace("HOST", proxy.host));
    await openTransport().send(post(server), limits);
    expect([proxy.tunnels, proxy.users]).toEqual([[server.host], [user]]);
    expect(proxyHostOf(server.origin, undefined)).toBe(proxy.host);
  });

  it("of the option has its user and password sent in the same way", async () => {
    const [proxy, server] = [await startProxy(), await startServer()];
    await openTransport({ proxy: `http://me@${proxy.host}` }).send(post(server), limits);
    await openTransport({ proxy: `http://me:100%@${proxy.host}` }).send(post(server), limits);
    expect(proxy.users).toEqual(["me:", "me:100%"]);
  });

  it.each(["", "  "])("is none where the variable holds %j", async (value) => {
    const server = await startServer();
    vi.stubEnv("HTTP_PROXY", value);
    await openTransport().send(post(server), limits);
    expect(server.requests).toHaveLength(1);
  });

  it("for https: is that of HTTPS_PROXY, else that of HTTP_PROXY", () => {
    vi.stubEnv("HTTP_PROXY", "plain:1");
    expect(proxyHostOf("https://h", undefined)).toBe("plain:1");
    vi.stubEnv("HTTPS_PROXY", " secure:2 ");
    expect(proxyHostOf("https://h", undefined)).toBe("secure:2");
    expect(proxyHostOf("http://h", undefined)).toBe("plain:1");
    vi.stubEnv("https_proxy", "");
    expect(proxyHostOf("https://h", undefined)).toBe("plain:1");
  });

  it.each([
    "http://me:hush@:bad port",
    "me:hu/sh@proxy:8080",
    "corp/me:hush@proxy:8080",
    "me?:hush@proxy:8080",
    "http://me:hu#sh@proxy:8080",
    "socks5://me:hush@proxy:1080",
  ])(
    "that the environment names wrongly (%s) is rejected without being shown, until it is corrected",
    async (value) => {
      const server = await startServer();
      vi.stubEnv("HTTP_PROXY", value);
      const transport = openTransport();
      const error = await failure(transport.send(post(server), limits));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("The environment variable HTTP_PROXY must be a URL such as");
      expect(inspect(error, { depth: 9 })).not.toMatch(/hu.?sh|8080@|1080/);
      vi.unstubAllEnvs();
      expect((await transport.send(post(server), limits)).status).toBe(200);
    },
  );

  it("that the environment names wrongly is not a request made", async () => {
    vi.stubEnv("HTTP_PROXY", "ftp://nonsense");
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const client = new CloudTrailClient({ region: "us-east-1", endpoint: "http://127.0.0.1:1", credentials });
    const error = await failure(listTrails(client));
    expect(error).toMatchObject({ code: "Configuration", attempts: 0, $metadata: { attempts: 0 } });
    expect((error as { explain(): string }).explain()).toContain("none: nothing was sent");
    await client.close();
  });

  it.each([
    ["127.0.0.1", true],
    ["other, 127.0.0.1", true],
    ["*", true],
    [".0.0.1", true],
    ["*.0.0.1", true],
    ["0.0.1", true],
    ["127.0.0.1:1", false],
    ["127.0.0.0/8", false],
    ["127.*", false],
  ])("NO_PROXY=%s: straight there is %s", async (list, isExempt) => {
    const [proxy, server] = [await startProxy(), await startServer()];
    vi.stubEnv("HTTP_PROXY", proxy.url);
    vi.stubEnv("NO_PROXY", list);
    await openTransport().send(post(server), limits);
    expect(proxy.tunnels).toEqual(isExempt ? [] : [server.host]);
    expect(proxyHostOf(server.origin, undefined)).toBe(isExempt ? undefined : new URL(proxy.url).host);
  });

  it.each(["::1", "[::1]", "other,[::1]:8443"])("NO_PROXY=%s exempts an IPv6 address", (list) => {
    vi.stubEnv("HTTPS_PROXY", "http://proxy.example:3128");
    vi.stubEnv("NO_PROXY", list);
    expect(proxyHostOf("https://[::1]:8443", undefined)).toBeUndefined();
    expect(proxyHostOf("https://[::2]:8443", undefined)).toBe("proxy.example:3128");
  });

  it("that is no URL is rejected", () => {
    for (const proxy of ["proxy:8080", "ftp://proxy", ""]) {
      expect(() => openTransport({ proxy })).toThrow(ConfigurationError);
    }
  });
});
