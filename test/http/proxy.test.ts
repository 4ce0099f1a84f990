import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { ConfigurationError } from "../../runtime/src/errors.js";
import { startHttpServer, type TestServer } from "./support/servers.js";
import { failure, limits, openTransport, post, text } from "./support/transport.js";

/** A proxy that only tunnels, as `CONNECT` asks; notes for whom. */
async function startProxy(): Promise<{ readonly url: string; readonly tunnels: string[] }> {
  const tunnels: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (head) => {
      const [, host = "", port = ""] = /^CONNECT ([^:]+):(\d+) /.exec(head.toString()) ?? [];
      tunnels.push(`${host}:${port}`);
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
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
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

  it("that the option names is used whatever the environment says", async () => {
    const [proxy, server] = [await startProxy(), await startServer()];
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
    vi.stubEnv("NO_PROXY", "*");
    await openTransport({ proxy: proxy.url }).send(post(server), limits);
    expect(proxy.tunnels).toEqual([server.host]);
  });

  it("that does not answer is a failure to connect", async () => {
    const server = await startServer();
    const error = await failure(openTransport({ proxy: "http://127.0.0.1:1" }).send(post(server), limits));
    expect(error).toMatchObject({ code: "Connection", systemCode: "ECONNREFUSED", sent: false });
    expect(server.requests).toHaveLength(0);
  });

  it("that is no URL is refused", () => {
    for (const proxy of ["proxy:8080", "ftp://proxy", ""]) {
      expect(() => openTransport({ proxy })).toThrow(ConfigurationError);
    }
  });
});
