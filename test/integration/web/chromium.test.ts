import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TrailNotFoundException } from "@clientsmith/cloudtrail";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { bundle } from "./support/bundle.js";

const chromium = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);
if (!chromium) console.log("Chromium is not installed: the test of a page in it is skipped.");

/** Serves a page, and resolves with what the page sends back. */
async function show(html: string): Promise<unknown> {
  let tell: (result: unknown) => void = () => {};
  const told = new Promise<unknown>((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    if (request.method === "GET") return response.writeHead(200, { "content-type": "text/html" }).end(html);
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => tell(JSON.parse(body)));
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const profile = mkdtempSync(join(tmpdir(), "clientsmith-chromium-"));
  const browser = spawn(
    chromium ?? "",
    // As root, Chromium runs without its sandbox only; and nothing but this machine is to be asked for anything.
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      `--user-data-dir=${profile}`,
      url,
    ],
    // A group of its own, so that all its processes can be ended together.
    { stdio: "ignore", detached: true },
  );
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  onTestFinished(async () => {
    if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return told;
}

describe.skipIf(!chromium)("a page in Chromium", () => {
  it("calls a service, signed, and reads its answer and its error", async () => {
    const service = await startLocalService({
      service: CloudTrailModel,
      handlers: {
        getTrail: ({ Name }) => {
          if (service.requests.length > 1) throw new TrailNotFoundException({ message: `no trail ${Name}` });
          return { Trail: { Name } };
        },
      },
    });
    onTestFinished(() => service.close());
    const options = JSON.stringify({ credentials: testCredentials });
    const endpoint = JSON.stringify(service.endpoint);
    const result = await show(`<!doctype html><script>${(await bundle()).replaceAll("</script", "<\\/script")}
      (async () => {
        const result = {};
        try {
          result.answer = await program.call(${endpoint}, ${options});
          await program.call(${endpoint}, ${options});
        } catch (error) {
          result.error = { name: error.name, message: error.message, code: error.code };
        }
        await fetch("/", { method: "POST", body: JSON.stringify(result) });
      })();
    </script>`);
    expect(result).toMatchObject({
      answer: {
        Trail: { Name: "audit" },
        $metadata: { status: 200, requestId: "00000000-0000-4000-8000-000000000001", attempts: 1 },
      },
      error: { name: "TrailNotFoundException", message: "no trail audit", code: "Service" },
    });
    expect(service.requests.map(({ status }) => status)).toEqual([200, 404]);
  }, 60_000);
});
