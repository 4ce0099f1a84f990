// Joins the compiled runtime into few files: plain Node pays for every module that it loads, and the call path has some
// sixty. Types are written by tsc, file for file; bundlers still take of each file only what is used.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, normalize } from "node:path";
import { rolldown } from "rolldown";

/** @import { ChunkingContext } from "rolldown" */

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

/** @type {Map<string, Set<string>>} */
const reaches = new Map();

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(doors().map((door) => [door, join(source, `${door}.ts`)])),
  platform: "node",
  external: /^[^./]/,
  tsconfig: false,
});
const { output } = await bundle.write({
  dir: dist,
  format: "esm",
  sourcemap: true,
  chunkFileNames: "chunks/[name].js",
  codeSplitting: { groups: [{ name: groupOf, debugName: "by door" }] },
});
await bundle.close();
const written = new Set(output.map(({ fileName }) => normalize(fileName)));
for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (/\.js(\.map)?$/.test(file) && !written.has(file)) rmSync(join(dist, file));
}

/** What the `exports` of package.json name: `index`, `protocols/awsJson/index`. */
function doors() {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.values(exports).flatMap((target) => {
    const [, door] = /^\.\/dist\/(.*)\.js$/.exec(target.default ?? "") ?? [];
    if (door === undefined) return [];
    const [folder, rest] = door.split("*");
    if (rest === undefined) return [door];
    const found = readdirSync(join(source, folder)).map((name) => folder + name.replace(/\.ts$/, "") + rest);
    return found.filter((each) => existsSync(join(source, `${each}.ts`)));
  });
}

/**
 * @param {string} id
 * @param {ChunkingContext} context
 */
function groupOf(id, context) {
  return groups.find(({ door }) => reachOf(door, context).has(id))?.name ?? null;
}

/**
 * All that a door imports statically, itself left out: it stays a file that others do not load.
 *
 * @param {string} door
 * @param {ChunkingContext} context
 */
function reachOf(door, context) {
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
