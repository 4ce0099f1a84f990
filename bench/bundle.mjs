// What one operation adds to a bundle: minified, split, without undici and without what Node brings.
import { gzipSync } from "node:zlib";
import { bundle, programs } from "./support/bundle.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

/** @type {Bench} */
export const bench = {
  title: "Bundle of one operation (esbuild, minified, ESM, split, for Node, undici left out), in bytes",
  async run() {
    const rows = [];
    for (const [name, program] of Object.entries(programs)) {
      const { all, eager, modules } = await bundle(program);
      rows.push({
        client: name,
        entry: bytes(eager),
        "entry gzip": gzipBytes(eager),
        modules: modules.size,
        "all chunks": bytes(all),
        "all gzip": gzipBytes(all),
        chunks: all.length,
      });
    }
    const [ours] = rows;
    if (!ours) throw new Error("nothing was bundled");
    const goals = [
      { what: "entry, kB minified", value: round(ours.entry / 1000, 1), limit: 25 },
      { what: "entry, kB gzip", value: round(ours["entry gzip"] / 1000, 1), limit: 9 },
    ];
    return { rows, goals };
  },
};

/** @param {readonly import("esbuild").OutputFile[]} files */
function bytes(files) {
  return files.reduce((total, { contents }) => total + contents.byteLength, 0);
}

/** @param {readonly import("esbuild").OutputFile[]} files */
function gzipBytes(files) {
  return files.reduce((total, { contents }) => total + gzipSync(contents, { level: 9 }).byteLength, 0);
}
