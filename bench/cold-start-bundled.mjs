// Cold start of what is deployed: the whole process of a bundled program with one call, less an empty Node process.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "./support/contestant.mjs";
import { bundlers } from "./support/bundlers.mjs";
import { cache } from "./support/generate.mjs";
import { median, round } from "./support/numbers.mjs";
import { programs } from "./support/programs.mjs";

/** @import { Bench } from "./support/types.d.ts" */

const rounds = 15;

/** @type {Bench} */
export const bench = {
  title: "Cold start of a bundled program with one call, whole process less an empty Node process, in milliseconds",
  async run() {
    const server = await startServer();
    const folder = join(cache, "bundle", "programs");
    mkdirSync(folder, { recursive: true });
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "");
    const rows = [];
    const goals = [];
    for (const { operation, ours, v3 } of programs()) {
      const files = [];
      for (const [name, source] of Object.entries({ ours, v3 })) {
        const file = join(folder, `${operation.replaceAll(" ", "-")}-${name}.mjs`);
        writeFileSync(file, (await bundlers["esbuild"]?.(source, "node")) ?? "");
        files.push(file);
      }
      /** @type {number[][]} */
      const times = [[], [], []];
      // The first run of each fills the cache of the file system and is not counted.
      for (let index = -1; index < rounds; index++) {
        for (const [place, file] of [empty, ...files].entries()) {
          const time = timeOf(file, server.endpoint);
          if (index >= 0) times[place]?.push(time);
        }
      }
      const [nothing = 0, own = 0, theirs = 0] = times.map((list) => median(list));
      const part = round((own - nothing) / (theirs - nothing), 2);
      rows.push({
        operation,
        clientsmith: round(own - nothing, 1),
        v3: round(theirs - nothing, 1),
        "empty process": round(nothing, 1),
        "of v3": part,
      });
      goals.push({ what: `${operation}: part of v3`, value: part, limit: 0.4 });
    }
    server.stop();
    return { rows, goals };
  },
};

/**
 * @param {string} file
 * @param {string} endpoint
 */
function timeOf(file, endpoint) {
  const env = {
    ...process.env,
    SERVICE_ENDPOINT: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${file} failed: ${stderr}`);
  return performance.now() - startedAt;
}
