// All public models in one command, as for a project with many clients.
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cache, generate } from "./support/generate.mjs";
import { sharedModel } from "./support/models.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

/** @type {Bench} */
export const bench = {
  title: "clientsmith generate, every public model in one command",
  async run() {
    const folder = sharedModel("");
    if (folder === undefined) return { rows: [], goals: [] };
    const models = readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name));
    const out = join(cache, "generate-all");
    rmSync(out, { recursive: true, force: true });
    const { seconds, cpu, rss } = generate(models, out);
    const megabytes = models.reduce((total, model) => total + statSync(model).size, 0) / 1e6;
    const row = {
      models: models.length,
      "models MB": round(megabytes, 1),
      seconds: round(seconds, 1),
      "CPU s": round(cpu / 1000, 1),
      "CPU ms a model MB": round(cpu / megabytes),
      "MB at most": round(rss),
    };
    const goals = [
      { what: "generate all: seconds", value: round(seconds, 1), limit: 90 },
      { what: "generate all: MB", value: round(rss), limit: 1500 },
    ];
    return { rows: [row], goals };
  },
};
