// What an application's bundle gets of the client, entry by entry, held to budget.json: `npm run check:budget`.
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** @typedef {{ bytes: number, gzip: number, modules: number }} Size */
/** @typedef {{ program: string, platform: "node" | "browser", later?: true } & Size} Entry `later`: what it may load later counts too */

/** @type {{ goal: string, entries: Record<string, Entry> }} */
const { goal, entries } = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));
const units = /** @type {const} */ ({ bytes: "bytes minified", gzip: "bytes gzip", modules: "modules" });

const breaches = [];
const table = [];
for (const [name, { program, platform, later, ...budget }] of Object.entries(entries)) {
  const size = await measure(program, platform, later);
  table.push({ entry: name, ...size });
  for (const unit of /** @type {const} */ (["bytes", "gzip", "modules"])) {
    const growth = size[unit] - budget[unit];
    if (growth <= 0) continue;
    const figures = `${size[unit]} ${units[unit]}, ${growth} above its budget of ${budget[unit]}`;
    breaches.push(`${name}: ${figures}. If that is meant, raise "${unit}" of "${name}" in bench/budget.json.`);
  }
}
console.table(table);
console.log(`goal: ${goal}`);
for (const breach of breaches) console.error(breach);
process.exitCode = breaches.length > 0 ? 1 : 0;

/**
 * The entry chunk and what it imports statically, or whatever it imports. Packages that are no part of this repository stay
 * outside.
 *
 * @param {string} program
 * @param {"node" | "browser"} platform
 * @param {boolean} [later]
 * @returns {Promise<Size>}
 */
async function measure(program, platform, later = false) {
  const bundle = await rolldown({
    cwd: import.meta.dirname,
    input: "program",
    platform,
    external: (id) => isBuiltin(id) || /^(undici|cborg|saxes)(\/|$)/.test(id),
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === "program" ? `${import.meta.dirname}/program.js` : null),
        load: (id) => (id.endsWith("/program.js") ? program : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const chunks = output.filter((file) => file.type === "chunk");
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  // A set goes on to what is added while it is walked.
  for (const { imports, dynamicImports } of loaded) {
    const wanted = later ? [...imports, ...dynamicImports] : imports;
    for (const chunk of chunks) if (wanted.includes(chunk.fileName)) loaded.add(chunk);
  }
  const codes = [...loaded].map(({ code }) => code);
  return {
    bytes: codes.reduce((sum, code) => sum + Buffer.byteLength(code), 0),
    gzip: codes.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).byteLength, 0),
    modules: [...loaded].reduce((sum, { moduleIds }) => sum + moduleIds.length, 0),
  };
}
