// Reading Smithy IDL: from the text to a checked model, in a process that has not read any before.
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { cache, root } from "./support/generate.mjs";
import { sharedModel } from "./support/models.mjs";
import { median, round } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

const rounds = 5;
const publicModels = ["dynamodb-2012-08-10.json", "rds-2014-10-31.json", "sagemaker-2017-07-24.json"];

const program = `
import { readFileSync } from "node:fs";
import { readModel } from "clientsmith";
const file = process.argv[1];
const text = readFileSync(file, "utf8");
const startedAt = performance.now();
const { model } = readModel({ file, text });
if (!model) throw new Error(file + " is no model");
process.stdout.write(String(performance.now() - startedAt));
`;

/** @param {readonly string[]} argv */
function run(argv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8", cwd: root });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** @type {Bench} */
export const bench = {
  title: "Reading Smithy IDL, first model of a process",
  async run() {
    mkdirSync(cache, { recursive: true });
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    for (const name of publicModels) {
      const json = sharedModel(name);
      if (json === undefined) continue;
      const file = join(cache, `${basename(name, ".json")}.smithy`);
      run([join(root, "generator/bin/clientsmith.js"), "convert", json, "--out", file]);
      const { size } = statSync(file);
      const times = Array.from({ length: rounds }, () => Number(run(["--input-type=module", "--eval", program, file])));
      const perMegabyte = round(median(times) / (size / 1e6));
      rows.push({
        model: basename(file),
        "IDL kB": round(size / 1000),
        ms: round(median(times)),
        "ms a MB": perMegabyte,
      });
      goals.push({ what: `${basename(file)}: ms a MB`, value: perMegabyte, limit: 500 });
    }
    return { rows, goals };
  },
};
