// What is deployed: one operation in one minified file, everything inside.
import { gzipSync } from "node:zlib";
import { bundlers } from "./support/bundlers.mjs";
import { round } from "./support/numbers.mjs";
import { programs } from "./support/programs.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

/** kB of CloudTrail's file, by platform. */
const limits = { node: { minified: 100, gzip: 36 }, browser: { minified: 75, gzip: 27 } };
/** Part of v3's file for the other services. */
const parts = { node: 0.25, browser: 0.5 };

/** @type {Bench} */
export const bench = {
  title: "One operation, bundled and minified into one file, everything inside",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    for (const { operation, ours, v3 } of programs()) {
      const isFirst = operation.startsWith("CloudTrail");
      for (const bundler of isFirst ? Object.keys(bundlers) : ["esbuild"]) {
        for (const platform of /** @type {const} */ (["node", "browser"])) {
          const bundle = bundlers[bundler];
          if (!bundle) continue;
          const own = sizeOf(await bundle(ours, platform));
          const theirs = sizeOf(await bundle(v3, platform));
          const part = round(own.minified / theirs.minified, 2);
          rows.push({
            operation,
            bundler,
            platform,
            kB: own.minified,
            "gzip kB": own.gzip,
            "v3 kB": theirs.minified,
            "v3 gzip kB": theirs.gzip,
            "of v3": part,
          });
          if (bundler !== "esbuild") continue;
          const what = `${operation}, ${platform}`;
          if (isFirst) {
            goals.push({ what: `${what}: kB minified`, value: own.minified, limit: limits[platform].minified });
            goals.push({ what: `${what}: kB gzip`, value: own.gzip, limit: limits[platform].gzip });
          } else goals.push({ what: `${what}: part of v3`, value: part, limit: parts[platform] });
        }
      }
    }
    return { rows, goals };
  },
};

/** @param {Uint8Array} code */
function sizeOf(code) {
  return {
    minified: round(code.byteLength / 1000, 1),
    gzip: round(gzipSync(code, { level: 9 }).byteLength / 1000, 1),
  };
}
