// Runs the generator's command line as a user does, and measures the whole process.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** Where what is generated for measuring goes; inside the repository, so that it finds the runtime. */
export const cache = join(root, ".cache/bench");

/**
 * @typedef {object} Usage
 * @property {number} seconds  wall clock
 * @property {number} cpu      milliseconds of processor time
 * @property {number} rss      maximum resident memory in MB
 */

/**
 * Runs a command of the command line.
 *
 * @param {readonly string[]} argv
 * @param {readonly number[]} [expected] exit codes that are no failure
 * @returns {Usage}
 */
export function clientsmith(argv, expected = [0]) {
  mkdirSync(cache, { recursive: true });
  const report = join(cache, "usage.json");
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "--import",
      new URL("report-usage.mjs", import.meta.url).href,
      join(root, "generator/bin/clientsmith.js"),
      ...argv,
    ],
    { encoding: "utf8", maxBuffer: 64 << 20, env: { ...process.env, CLIENTSMITH_USAGE: report } },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  if (!expected.includes(status ?? -1))
    throw new Error(`clientsmith ${argv.join(" ")} ended with exit code ${status}\n${stderr}`);
  return { seconds, ...JSON.parse(readFileSync(report, "utf8")) };
}

/**
 * @param {string | readonly string[]} models
 * @param {string} out
 * @returns {Usage}
 */
export function generate(models, out) {
  return clientsmith(["generate", ...[models].flat(), "--out", out]);
}
