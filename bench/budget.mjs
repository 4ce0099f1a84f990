// What an application deploys of the client, one minified file with everything inside, held to budget.json: `npm run check:budget`.
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** @typedef {{ bytes: number, gzip: number }} Size */
/** @typedef {{ program: string, platform: "node" | "browser", entry?: true, without?: string } & Size} Entry `entry`: what is loaded at once of a bundle that is split; `without`: a pattern of modules that must not be in it */

/** @type {{ goal: string, entries: Record<string, Entry> }} */
const { goal, entries } = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));
const units = /** @type {const} */ ({ bytes: "bytes minified", gzip: "bytes gzip" });

const breaches = [];
const table = [];
for (const [name, { program, platform, entry, without, ...budget }] of Object.entries(entries)) {
  const { modules, ...size } = await measure(program, platform, entry);
  table.push({ entry: name, ...size, modules: modules.length });
  for (const unit of /** @type {const} */ (["bytes", "gzip"])) {
    const growth = size[unit] - budget[unit];
    if (growth <= 0) continue;
    const figures = `${size[unit]} ${units[unit]}, ${growth} above its budget of ${budget[unit]}`;
    breaches.push(`${name}: ${figures}. If that is intended, raise "${unit}" of "${name}" in bench/budget.json.`);
  }
  const foreign = modules.filter((module) => without !== undefined && new RegExp(without).test(module));
  if (foreign.length > 0) breaches.push(`${name}: holds what its operation does not use: ${foreign.join(", ")}.`);
}
console.table(table);
console.log(`goal: ${goal}`);
for (const breach of breaches) console.error(breach);
process.exitCode = breaches.length > 0 ? 1 : 0;

/**
 * @param {string} program
 * @param {"node" | "browser"} platform
 * @param {boolean} [isSplit] measures the entry and what it imports statically
 * @returns {Promise<Size & { modules: readonly string[] }>}
 */
async function measure(program, platform, isSplit = false) {
  const bundle = await rolldown({
    cwd: import.meta.dirname,
    input: "program",
    platform,
    external: (id) => isBuiltin(id),
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === "program" ? `${import.meta.dirname}/program.js` : null),
        load: (id) => (id.endsWith("/program.js") ? program : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: isSplit });
  await bundle.close();
  const chunks = output.filter((file) => file.type === "chunk");
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  // Iterating a Set also visits entries added during the iteration.
  for (const { imports } of loaded) for (const chunk of chunks) if (imports.includes(chunk.fileName)) loaded.add(chunk);
  const codes = [...loaded].map(({ code }) => code);
  return {
    bytes: codes.reduce((sum, code) => sum + Buffer.byteLength(code), 0),
    gzip: codes.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).byteLength, 0),
    modules: [...loaded].flatMap(({ moduleIds }) => moduleIds),
  };
}
