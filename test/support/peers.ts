import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { npmInstall } from "./npm.js";
import { root } from "./shared.js";

const folder = join(root, "test/compatibility/peers");
const installedMark = join(folder, "node_modules/.installed");
const lock = join(root, ".cache/peers.lock");

/** An official package that the tests compare with, installed on first use. */
export async function peer(name: string): Promise<Record<string, unknown>> {
  if (!(await peersInstalled())) throw new Error(`${name} is not installed and no registry can be reached`);
  // They search for credentials and warn about their versions unless this is switched off.
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
  process.env["AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE"] = "1";
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  return createRequire(join(folder, "package.json"))(name) as Record<string, unknown>;
}

/** The path of a file in an installed official package. */
export function peerFile(name: string, path: string): string {
  return join(folder, "node_modules", name, path);
}

let installation: Promise<boolean> | undefined;

/**
 * Installs the official packages from their own lockfile, once for all test files. Returns false and prints a line if no
 * registry can be reached: suites that need them are skipped.
 */
export function peersInstalled(): Promise<boolean> {
  installation ??= installOnce();
  return installation;
}

async function installOnce(): Promise<boolean> {
  const wanted = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const isInstalled = (): boolean => existsSync(installedMark) && readFileSync(installedMark, "utf8") === wanted;
  if (isInstalled()) return true;
  await takeLock();
  try {
    if (isInstalled()) return true;
    console.log("installing the official clients into test/compatibility/peers (once; the comparisons need them)");
    const isDone = npmInstall(folder, ["ci"], "the comparisons with the official clients");
    if (isDone) writeFileSync(installedMark, wanted);
    return isDone;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Each test file has its own process. The one that creates the lock file installs, the others wait. */
async function takeLock(): Promise<void> {
  mkdirSync(join(root, ".cache"), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (isAbandoned()) rmSync(lock, { force: true });
    else await sleep(200);
  }
}

/** Whether the process that took the lock ended without releasing it. */
function isAbandoned(): boolean {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
