// Compiles a generated package with its own configuration.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./generate.mjs";

/**
 * Seconds that the compiler takes for the package with its own configuration. Any error ends the bench.
 *
 * @param {string} folder
 */
export function compile(folder) {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const startedAt = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
  return (performance.now() - startedAt) / 1000;
}
