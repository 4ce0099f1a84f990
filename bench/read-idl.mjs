// Reading Smithy IDL: from the text to a checked model, in a process that has not read any before, and again.
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { cache, root } from "./support/generate.mjs";
import { sharedModel } from "./support/models.mjs";
import { median, round } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

const rounds = 7;
const publicModels = ["dynamodb-2012-08-10.json", "rds-2014-10-31.json", "sagemaker-2017-07-24.json"];

/**
 * Reads a model twice or more in one process, then parses the JSON AST of the same model as often.
 *
 * @typedef {{ cold: number, cpu: number, warm: number, parse: number }} Times in milliseconds
 */
const program = `
import { readFileSync } from "node:fs";
import { readModel } from "clientsmith";
const [, file, json] = process.argv;
const source = { file, text: readFileSync(file, "utf8") };
const ast = readFileSync(json, "utf8");
const time = (run) => {
  const startedAt = performance.now();
  if (!run()) throw new Error(file + " is no model");
  return performance.now() - startedAt;
};
const median = (run) => Array.from({ length: 5 }, () => time(run)).sort((a, b) => a - b)[2];
const used = process.cpuUsage();
const cold = time(() => readModel(source).model);
const { user, system } = process.cpuUsage(used);
const warm = median(() => readModel(source).model);
const parse = median(() => JSON.parse(ast));
process.stdout.write(JSON.stringify({ cold, cpu: (user + system) / 1000, warm, parse }));
`;

/** @param {readonly string[]} argv */
function run(argv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8", cwd: root });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** @type {Bench} */
export const bench = {
  title: "Reading Smithy IDL, first model of a process, and again",
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
      const megabytes = statSync(file).size / 1e6;
      /** @type {Times[]} */
      const times = Array.from({ length: rounds }, () =>
        JSON.parse(run(["--input-type=module", "--eval", program, file, json])),
      );
      const of = (/** @type {keyof Times} */ part) => median(times.map((each) => each[part]));
      rows.push({
        model: basename(file),
        "IDL kB": round(megabytes * 1000),
        ms: round(of("cold")),
        least: round(Math.min(...times.map(({ cold }) => cold))),
        "ms a MB": round(of("cold") / megabytes),
        "CPU ms a MB": round(of("cpu") / megabytes),
        "ms again": round(of("warm")),
        "JSON.parse of its AST, ms": round(of("parse")),
        "again, of JSON.parse": round(median(times.map(({ warm, parse }) => warm / parse))),
      });
      goals.push(
        { what: `${basename(file)}: ms a MB`, value: round(of("cold") / megabytes), limit: 500 },
        { what: `${basename(file)}: CPU ms a MB`, value: round(of("cpu") / megabytes), limit: 500 },
      );
    }
    return { rows, goals };
  },
};
