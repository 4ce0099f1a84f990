// Compiles a generated package as its own configuration says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./generate.mjs";

/**
 * Seconds that the compiler takes for the package as its own configuration says; any error ends the bench.
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
