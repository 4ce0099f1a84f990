// Joins the runtime into few files: plain Node pays for every module that it loads, and the call path has some sixty.
// Types are written by tsc, file for file; bundlers still take of each file only what is used. What browsers and workers
// load is made a second time, into `web`, with `name.web.ts` wherever there is one instead of `name.ts`.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { rolldown } from "rolldown";

/** @import { ChunkingContext, Plugin } from "rolldown" */

const root = import.meta.dirname;
const source = join(root, "src");
const dist = join(root, "dist");

/**
 * What is loaded together, by the door that leads to it. A module belongs to the first that needs it at once; what is
 * reached by an `import()` alone stays in files of its own.
 */
const groups = [
  { name: "call-path", door: "codegen" },
  { name: "json", door: "protocols/awsJson/index" },
  { name: "http-bindings", door: "protocols/restJson/index" },
];

/** @type {Plugin} */
const webVariants = {
  name: "web variants",
  resolveId(id, importer) {
    if (!importer || !id.startsWith(".")) return null;
    const variant = join(importer, "..", id.replace(/\.js$/, ".web.ts"));
    return existsSync(variant) ? variant : null;
  },
};

const written = new Set([...(await build("default", "dist")), ...(await build("browser", "dist/web", webVariants))]);
for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (/\.js(\.map)?$/.test(file) && !written.has(join("dist", file))) rmSync(join(dist, file));
}

/**
 * @param {"default" | "browser"} condition of `exports` in package.json
 * @param {string} folder
 * @param {Plugin} [plugin]
 * @returns {Promise<string[]>} what was written
 */
async function build(condition, folder, plugin) {
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(doors(condition, folder).map((door) => [door, join(source, `${door}.ts`)])),
    platform: condition === "browser" ? "browser" : "node",
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
    tsconfig: false,
    plugins: [plugin],
  });
  /** @type {Map<string, Set<string>>} */
  const reaches = new Map();
  /** @param {string} id @param {ChunkingContext} context */
  const groupOf = (id, context) => groups.find(({ door }) => reachOf(door, reaches, context).has(id))?.name ?? null;
  const { output } = await bundle.write({
    dir: join(root, folder),
    format: "esm",
    sourcemap: true,
    chunkFileNames: "chunks/[name].js",
    codeSplitting: { groups: [{ name: groupOf, debugName: "by door" }] },
  });
  await bundle.close();
  return output.map(({ fileName }) => normalize(join(folder, fileName)));
}

/**
 * What `exports` names: `index`, `protocols/awsJson/index`.
 *
 * @param {string} condition
 * @param {string} folder
 */
function doors(condition, folder) {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.values(exports).flatMap((target) => {
    const file = target[condition] ?? "";
    if (!file.startsWith(`./${folder}/`)) return [];
    const door = file.slice(folder.length + 3, -".js".length);
    const [start, rest] = door.split("*");
    if (rest === undefined) return [door];
    const found = readdirSync(join(source, start)).map((name) => start + name.replace(/\.ts$/, "") + rest);
    return found.filter((each) => existsSync(join(source, `${each}.ts`)));
  });
}

/**
 * All that a door imports statically, itself left out: it stays a file that others do not load.
 *
 * @param {string} door
 * @param {Map<string, Set<string>>} reaches
 * @param {ChunkingContext} context
 */
function reachOf(door, reaches, context) {
  const known = reaches.get(door);
  if (known) return known;
  const entry = join(source, `${door}.ts`);
  const reached = new Set([entry]);
  // A set goes on to what is added while it is walked.
  for (const id of reached) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  reached.delete(entry);
  reaches.set(door, reached);
  return reached;
}
