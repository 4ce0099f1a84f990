// Bytes of the one-operation bundle by part of the code.
import { bundle, programs } from "./support/bundle-split.mjs";
import { sources } from "./support/sources.mjs";

/** @import { Bench } from "./support/types.d.ts" */

/** @type {Bench} */
export const bench = {
  title: "What the entry of that bundle consists of, in minified bytes",
  async run() {
    const { modules } = await bundle(programs["clientsmith, by subpath"], [sources]);
    /** @type {Map<string, { files: number, bytes: number }>} */
    const parts = new Map();
    for (const [module, bytes] of modules) {
      const name = partOf(module);
      const part = parts.get(name) ?? { files: 0, bytes: 0 };
      parts.set(name, { files: part.files + 1, bytes: part.bytes + bytes });
    }
    const rows = [...parts].map(([part, sums]) => ({ part, ...sums }));
    return { rows: rows.toSorted((left, right) => right.bytes - left.bytes), goals: [] };
  },
};

/** @param {string} module */
function partOf(module) {
  const [, name = ""] = /runtime\/src\/(?:(\w+)\/)?/.exec(module) ?? [];
  if (module.includes("runtime/src/")) return name === "" ? "runtime: core, call path" : `runtime: ${name}`;
  if (module.includes("/cloudtrail/src/")) {
    return module.endsWith("endpoint.ts") ? "generated: endpoint rules" : "generated: tables, functions";
  }
  return "the program";
}
