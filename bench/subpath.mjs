// One operation of the largest client by its subpath, beside a client that was generated for that operation alone.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "./support/compile.mjs";
import { cache, generate } from "./support/generate.mjs";
import { sharedModel } from "./support/models.mjs";
import { median, round } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

/** One that needs little, one of the middle, one of those that need most. */
const operations = ["ListTags", "DescribeEndpoint", "CreateTrainingJob"];
const rounds = 15;

/** @type {Bench} */
export const bench = {
  title: "Import of one SageMaker operation by its subpath, beside a client of that operation alone",
  async run() {
    const model = sharedModel("sagemaker-2017-07-24.json");
    if (model === undefined) return { rows: [], goals: [] };
    const folder = join(cache, "subpath");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const whole = made(model, join(folder, "whole"));
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    for (const operation of operations) {
      const reduced = join(folder, `${operation}.json`);
      writeFileSync(reduced, JSON.stringify(onlyWith(operation, readFileSync(model, "utf8"))));
      const alone = made(reduced, join(folder, operation));
      const path = `operations/${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;
      /** @type {{ whole: number[], alone: number[] }} */
      const times = { whole: [], alone: [] };
      // The first run fills the cache of the file system and is not counted.
      for (let index = -1; index < rounds; index++) {
        const each = { whole: await ask("time", whole, path), alone: await ask("time", alone, path) };
        if (index < 0) continue;
        times.whole.push(Number(each.whole));
        times.alone.push(Number(each.alone));
      }
      const loaded = await ask("count", whole, path);
      const needed = await ask("count", alone, path);
      const ratio = round(median(times.whole) / median(times.alone), 2);
      rows.push({
        operation,
        modules: loaded.modules,
        "modules alone": needed.modules,
        kB: round(loaded.bytes / 1000, 1),
        "kB alone": round(needed.bytes / 1000, 1),
        "import ms": round(median(times.whole), 1),
        "import ms alone": round(median(times.alone), 1),
        ratio,
      });
      goals.push({ what: `import ${operation}: of a client of it alone`, value: ratio, limit: 1.3 });
    }
    return { rows, goals };
  },
};

/**
 * URL of the compiled modules of a model's client.
 *
 * @param {string} model
 * @param {string} out
 */
function made(model, out) {
  generate(model, out);
  compile(out);
  return pathToFileURL(join(out, "dist/")).href;
}

/**
 * The model with one operation of its service.
 *
 * @param {string} operation
 * @param {string} text
 */
function onlyWith(operation, text) {
  /** @type {{ shapes: Record<string, { type: string, operations?: unknown, resources?: unknown }> }} */
  const model = JSON.parse(text);
  const target = Object.keys(model.shapes).find((id) => id.endsWith(`#${operation}`));
  for (const shape of Object.values(model.shapes)) {
    if (shape.type === "service") Object.assign(shape, { operations: [{ target }], resources: [] });
  }
  return model;
}

/**
 * @param {"time" | "count"} what
 * @param {string} folder
 * @param {string} path
 */
async function ask(what, folder, path) {
  const child = fork(new URL("support/load.mjs", import.meta.url), [what, folder + path, folder]);
  const exit = once(child, "exit");
  const [outcome] = await Promise.race([
    once(child, "message"),
    exit.then(([code]) => Promise.reject(new Error(`${path}: exit code ${code}`))),
  ]);
  await exit;
  return outcome;
}
