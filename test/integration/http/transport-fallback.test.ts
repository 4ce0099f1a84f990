import { afterEach, expect, it, vi } from "vitest";
import { ConnectionError } from "#runtime/errors/index.js";
import { startHttpServer } from "./support/servers.js";
import { failure, limits, openTransport, post, text } from "./support/transport.js";

const agentFile = "undici/lib/dispatcher/agent.js";

function cannotLoad(code: string): () => never {
  return () => {
    throw Object.assign(new Error("cannot be loaded"), { code });
  };
}

afterEach(() => {
  vi.doUnmock(agentFile);
  vi.resetModules();
});

it.each(["ERR_MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"])(
  "a release of undici without that file (%s) is loaded whole",
  async (code) => {
    vi.doMock(agentFile, cannotLoad(code));
    const server = await startHttpServer((_request, response) => response.end("ok"));
    expect(text((await openTransport().send(post(server), limits)).body)).toBe("ok");
  },
);

it("an undici that fails to load is an error of the call", async () => {
  vi.doMock(agentFile, cannotLoad("ERR_DLOPEN_FAILED"));
  const error = await failure(openTransport().send(post({ origin: "http://x.test", host: "x.test" }), limits));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    message: "POST http://x.test was not sent: undici could not be loaded.",
    systemCode: "ERR_DLOPEN_FAILED",
    sent: false,
  });
});
