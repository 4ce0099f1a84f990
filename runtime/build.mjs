// Joins the runtime into few files: plain Node pays for every module that it loads, and the call path has some sixty.
// Bundlers get it in smaller ones, in `modules`: of a joined file they would take into an application's entry whatever any
// part that is loaded later needs. What browsers and workers get, in `web`, goes through bundlers too, and has `name.web.ts`
// wherever there is one instead of `name.ts`. Types are written by tsc.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, join, normalize, relative } from "node:path";
import { rolldown } from "rolldown";

/** @import { ChunkingContext, Plugin } from "rolldown" */

const root = import.meta.dirname;
const source = join(root, "src");
const dist = join(root, "dist");

/** @typedef {{ readonly name: string, readonly from: readonly string[], readonly butNot?: readonly string[] }} Group */

/**
 * What plain Node loads together, by the modules that lead to it: a module belongs to the first group that imports it
 * statically. Modules that only an `import()` reaches have files of their own, but for those that a failed call loads together.
 *
 * @type {readonly Group[]}
 */
const forNode = [
  { name: "client", from: ["codegen/v1", "auth/sigv4"] },
  { name: "failure", from: ["call/error-response", "call/retry", "retry/standard", "call/explain"] },
  { name: "json", from: ["protocols/awsJson/protocol"] },
  { name: "http-bindings", from: ["protocols/http/codec"] },
];

/**
 * `name.web.ts` or `name.bundled.ts` instead of `name.ts`, wherever there is one.
 *
 * @param {"web" | "bundled"} kind
 * @returns {Plugin}
 */
const variants = (kind) => ({
  name: `${kind} variants`,
  resolveId(id, importer) {
    if (!importer || !id.startsWith(".")) return null;
    const variant = join(importer, "..", id.replace(/\.js$/, `.${kind}.ts`));
    return existsSync(variant) ? variant : null;
  },
});

/**
 * Parts that plain Node loads on demand are imported statically in what bundlers read: a program of one file holds them in any
 * case, and each `import()` would keep its module and all that this imports in wrappers of their own.
 *
 * @type {Plugin}
 */
const staticImports = {
  name: "static imports",
  transform(code, id) {
    if (!id.startsWith(source)) return null;
    /** @type {string[]} */
    const imports = [];
    const text = code.replaceAll(/(?<!typeof )\b(await )?import\("(\.[^"]+)"\)/g, (_match, awaited, path) => {
      const name = `$module${imports.length}`;
      imports.push(`import * as ${name} from ${JSON.stringify(path)};`);
      return awaited ? name : `Promise.resolve(${name})`;
    });
    return imports.length === 0 ? null : { code: `${imports.join("\n")}\n${text}`, map: null };
  },
};

/**
 * Node reads a file of plain ASCII faster. What is beyond it stands in strings and comments only, where an escape does.
 *
 * @type {Plugin}
 */
const plainAscii = {
  name: "plain ASCII",
  renderChunk: (code) => ({
    code: code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    map: null,
  }),
};

const written = new Set([
  ...(await build("default", "dist", { groups: forNode })),
  ...(await build("module", "dist/modules", { groups: [], apart: true, plugin: [variants("bundled"), staticImports] })),
  ...(await build("browser", "dist/web", {
    groups: [],
    apart: true,
    plugin: [variants("web"), variants("bundled"), staticImports],
  })),
]);
for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (/\.js(\.map)?$/.test(file) && !written.has(join("dist", file))) rmSync(join(dist, file));
}

/**
 * @param {"default" | "module" | "browser"} condition of `exports` in package.json
 * @param {string} folder
 * @param {{ groups: readonly Group[], apart?: boolean, plugin?: Plugin | readonly Plugin[] }} form `apart`: what is in no group is not joined
 * @returns {Promise<string[]>} what was written
 */
async function build(condition, folder, { groups, apart = false, plugin }) {
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(doors(condition, folder).map((door) => [door, join(source, `${door}.ts`)])),
    platform: condition === "browser" ? "browser" : "node",
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
    tsconfig: false,
    // Doors may export more than their source does, namely what other files want of them.
    preserveEntrySignatures: "allow-extension",
    // What is joined is loaded together, whichever way it is imported.
    checks: { ineffectiveDynamicImport: false },
    plugins: [plugin, plainAscii],
  });
  /** @type {Map<string, Set<string>>} */
  const reaches = new Map();
  /** @param {string} id @param {ChunkingContext} context */
  const groupOf = (id, context) =>
    groups.find((group) => reachOf(group, reaches, context).has(id))?.name ??
    (apart && id.startsWith(source) ? relative(source, id).replace(/\.ts$/, "") : null);
  const { output } = await bundle.write({
    dir: join(root, folder),
    format: "esm",
    minify: false,
    sourcemap: true,
    // The sources are in the package, beside the maps.
    sourcemapExcludeSources: true,
    chunkFileNames: "chunks/[name].js",
    codeSplitting: {
      groups: [{ name: groupOf, debugName: "by group" }],
      // Each module goes where its own group says, not along with the first that imports it.
      includeDependenciesRecursively: false,
    },
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
 * The modules of a group.
 *
 * @param {Group} group
 * @param {Map<string, Set<string>>} reaches
 * @param {ChunkingContext} context
 */
function reachOf({ name, from, butNot = [] }, reaches, context) {
  const known = reaches.get(name);
  if (known) return known;
  const reached = closureOf(from, context);
  for (const id of closureOf(butNot, context)) reached.delete(id);
  reaches.set(name, reached);
  return reached;
}

/**
 * Modules and all that they import statically.
 *
 * @param {readonly string[]} from
 * @param {ChunkingContext} context
 * @returns {Set<string>}
 */
function closureOf(from, context) {
  const reached = new Set(from.map((start) => join(source, `${start}.ts`)));
  // A set goes on to what is added while it is walked.
  for (const id of reached) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}
