import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { startHttpServer } from "./support/servers.js";
import { limits, openTransport, post } from "./support/transport.js";

/** Files of undici that this process has loaded; no test may import it here. */
function loaded(): string[] {
  return Object.keys(createRequire(import.meta.url).cache)
    .filter((file) => /[\\/]node_modules[\\/]undici[\\/]/.test(file))
    .map((file) => file.replaceAll("\\", "/").replace(/.*\/node_modules\/undici\//, ""));
}

it("undici is loaded with the first request, and only what that needs", async () => {
  const server = await startHttpServer((_request, response) => response.end());
  const transport = openTransport();
  expect(loaded()).toEqual([]);
  await transport.send(post(server), limits);
  expect(loaded()).toContain("lib/dispatcher/agent.js");
  expect(loaded()).not.toContain("index.js");
  expect(loaded().length).toBeLessThan(40);
});
