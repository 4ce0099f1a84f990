// The generator's whole process: from the command to the last file.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { cache, generate, root } from "./support/generate.mjs";
import { median, round } from "./support/numbers.mjs";
import { sharedModel } from "./support/models.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

const rounds = 5;

/** @type {Bench} */
export const bench = {
  title: "clientsmith generate, whole process",
  async run() {
    const cloudtrail = join(root, "model/cloudtrail.json");
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    for (const model of [cloudtrail, sharedModel("athena-2017-05-18.json")]) {
      if (model === undefined) continue;
      const out = join(cache, "generate", basename(model, ".json"));
      const fresh = Array.from({ length: rounds }, () => {
        rmSync(out, { recursive: true, force: true });
        return generate(model, out);
      });
      const again = Array.from({ length: rounds }, () => generate(model, out));
      const seconds = round(median(fresh.map((usage) => usage.seconds)), 2);
      const rss = round(Math.max(...fresh.map((usage) => usage.rss)));
      rows.push({
        model: basename(model),
        "model kB": round(statSync(model).size / 1000),
        files: countFiles(out),
        seconds,
        least: round(Math.min(...fresh.map((usage) => usage.seconds)), 2),
        "seconds, nothing to do": round(median(again.map((usage) => usage.seconds)), 2),
        "CPU ms": round(median(fresh.map((usage) => usage.cpu))),
        "MB at most": rss,
      });
      if (model !== cloudtrail) continue;
      goals.push(
        { what: "generate cloudtrail: seconds", value: seconds, limit: 2.5 },
        { what: "generate cloudtrail: MB", value: rss, limit: 400 },
      );
    }
    return { rows, goals };
  },
};

/** @param {string} folder */
function countFiles(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}
