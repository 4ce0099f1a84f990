// What one operation adds to a bundle: minified, with splitting, without undici and modules of Node.
import { gzipSync } from "node:zlib";
import { bundle, loadedByFirstCall, programs } from "./support/bundle-split.mjs";
import { startServer } from "./support/contestant.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

/** @type {Bench} */
export const bench = {
  title: "Bundle of one operation (esbuild, minified, ESM, split, for Node, undici left out), in bytes",
  async run() {
    const rows = [];
    const server = await startServer();
    for (const [name, program] of Object.entries(programs)) {
      const { all, eager, modules } = await bundle(program);
      const called = await loadedByFirstCall(all, server.endpoint);
      rows.push({
        client: name,
        entry: bytes(eager),
        "entry gzip": gzipBytes(eager),
        "first call": bytes(called),
        "first call gzip": gzipBytes(called),
        modules: modules.size,
        "all chunks": bytes(all),
        "all gzip": gzipBytes(all),
        chunks: all.length,
      });
    }
    server.stop();
    const [ours] = rows;
    if (!ours) throw new Error("nothing was bundled");
    // Those of one file: bundlers get the build that loads nothing later, so that splitting makes one chunk of it.
    const goals = [
      { what: "entry, kB minified", value: round(ours.entry / 1000, 1), limit: 100 },
      { what: "entry, kB gzip", value: round(ours["entry gzip"] / 1000, 1), limit: 36 },
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
