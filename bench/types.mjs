// Declarations that the compiler of a user reads because of a client, without those of TypeScript and Node.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programs } from "./support/bundle-split.mjs";
import { root } from "./support/generate.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

/** @type {Bench} */
export const bench = {
  title: "Type declarations that a compiler reads for a program of one call (nodenext, strict, Node's types left out)",
  async run() {
    // Inside this folder, so that packages are resolved from here.
    const folder = join(import.meta.dirname, "node_modules/.types");
    mkdirSync(folder, { recursive: true });
    const rows = Object.entries(programs).flatMap(([client, program]) =>
      [false, true].map((skipLibCheck) => {
        const files = read(join(folder, "program.mts"), program, skipLibCheck);
        const ofSmithy = files.filter((file) => file.includes("/@smithy/types/"));
        return {
          client,
          skipLibCheck: String(skipLibCheck),
          files: files.length,
          lines: files.reduce((sum, file) => sum + countLines(file), 0),
          "files of @smithy/types": ofSmithy.length,
        };
      }),
    );
    rmSync(folder, { recursive: true });
    const v3 = rows.find(({ client }) => client === "v3")?.lines ?? Number.NaN;
    const ours = rows.filter(({ client, skipLibCheck }) => client !== "v3" && skipLibCheck === "false");
    return {
      rows: rows.map((row) => ({ ...row, "of v3": round(row.lines / v3, 3) })),
      goals: ours.map(({ client, lines }) => ({
        what: `${client}: part of v3's lines`,
        value: round(lines / v3, 3),
        limit: 0.25,
      })),
    };
  },
};

/**
 * The declarations that the program imports, directly or not.
 *
 * @param {string} file
 * @param {string} program
 * @param {boolean} skipLibCheck
 */
function read(file, program, skipLibCheck) {
  writeFileSync(file, program.replaceAll("(name)", "(name: string)"));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const settings = "--ignoreConfig --noEmit --listFiles --strict --module nodenext --target es2023 --types node";
  const args = [tsc, ...settings.split(" "), "--skipLibCheck", String(skipLibCheck), file];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8" });
  assert.equal(status, 0, stdout);
  const known = /\/node_modules\/(@?typescript|@types\/node|undici-types)\b/;
  return stdout.split("\n").filter((path) => path !== "" && path !== file && !known.test(path));
}

/** @param {string} file */
function countLines(file) {
  return readFileSync(file, "utf8").trimEnd().split("\n").length;
}
