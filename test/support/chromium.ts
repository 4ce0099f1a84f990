import { type ChildProcess, spawn, spawnSync, type StdioOptions } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** The command of an installed Chromium. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);
if (!chromium) console.log("skipped: pages in Chromium, which is not installed");

/** Opens a page in a headless Chromium until the end of the test. Names other than 127.0.0.1 are not resolved. */
export function openPage(url: string): void {
  launchChromium([url], "ignore");
}

/** Starts a headless Chromium that runs until the end of the test. */
export function launchChromium(args: readonly string[], stdio: StdioOptions): ChildProcess {
  const profile = mkdtempSync(join(tmpdir(), "clientsmith-chromium-"));
  const browser = spawn(
    chromium ?? "",
    // As root, Chromium starts only without its sandbox.
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      `--user-data-dir=${profile}`,
      ...args,
    ],
    // Its own process group, so that all its processes can be ended together.
    { stdio, detached: true },
  );
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  onTestFinished(async () => {
    if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return browser;
}
