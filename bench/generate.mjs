// The whole process of the generator: from the command to the last file.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { cache, generate, root } from "./support/generate.mjs";
import { median, round } from "./support/numbers.mjs";
import { sharedModel } from "./support/models.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

/** Of each model; of one beyond a megabyte, whose figures scatter less, fewer. */
const rounds = 5;
const roundsOfLarge = 2;

/** From the smallest to the largest, to see that the cost grows with the size. */
const publicModels = [
  "cloudtrail-data-2021-08-11.json",
  "athena-2017-05-18.json",
  "iam-2010-05-08.json",
  "rds-2014-10-31.json",
  "sagemaker-2017-07-24.json",
];

/** How much more a megabyte of the largest model may take than one of the middle one. */
const growth = 1.3;

/** @type {Bench} */
export const bench = {
  title: "clientsmith generate, whole process",
  async run() {
    const cloudtrail = join(root, "model/cloudtrail.json");
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    for (const model of [cloudtrail, ...publicModels.map((name) => sharedModel(name))]) {
      if (model === undefined) continue;
      const { size } = statSync(model);
      const times = { length: size > 1e6 ? roundsOfLarge : rounds };
      const out = join(cache, "generate", basename(model, ".json"));
      const fresh = Array.from(times, () => {
        rmSync(out, { recursive: true, force: true });
        return generate(model, out);
      });
      const again = Array.from(times, () => generate(model, out));
      const seconds = round(median(fresh.map((usage) => usage.seconds)), 2);
      const rss = round(Math.max(...fresh.map((usage) => usage.rss)));
      rows.push({
        model: basename(model),
        "model kB": round(size / 1000),
        files: countFiles(out),
        seconds,
        least: round(Math.min(...fresh.map((usage) => usage.seconds)), 2),
        "seconds, nothing to do": round(median(again.map((usage) => usage.seconds)), 2),
        "s a model MB": round(seconds / (size / 1e6), 2),
        "CPU ms": round(median(fresh.map((usage) => usage.cpu))),
        "MB at most": rss,
      });
      if (basename(model).startsWith("sagemaker"))
        goals.push({ what: "generate sagemaker: seconds", value: seconds, limit: 20 });
      if (model !== cloudtrail) continue;
      goals.push(
        { what: "generate cloudtrail: seconds", value: seconds, limit: 2.5 },
        { what: "generate cloudtrail: MB", value: rss, limit: 400 },
      );
    }
    return { rows, goals: [...goals, ...linearity(rows)] };
  },
};

/**
 * Cost for each MB must not grow with the size of a model. The second model is large enough that the start of the process is
 * a small part.
 *
 * @param {readonly Row[]} rows
 * @returns {Goal[]}
 */
function linearity(rows) {
  const bySize = rows.toSorted((left, right) => Number(left["model kB"]) - Number(right["model kB"]));
  const [middle, largest] = [bySize[Math.floor(bySize.length / 2)], bySize.at(-1)];
  if (!middle || !largest || rows.length <= publicModels.length) return [];
  const value = round(Number(largest["s a model MB"]) / Number(middle["s a model MB"]), 2);
  const what = `seconds a megabyte of ${largest["model"]}, to those of ${middle["model"]}`;
  return [{ what, value, limit: growth }];
}

/** @param {string} folder */
function countFiles(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}
