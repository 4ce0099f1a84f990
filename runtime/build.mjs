// Joins the runtime into few files: plain Node pays for every module that it loads, and the call path has about sixty.
// Bundlers get more and smaller files, in `modules`: from joined files they would include code in an application's
// entry that only later parts need. Browsers and workers get `web`, also through bundlers, with `name.web.ts` instead
// of `name.ts` where it exists. `require` loads `commonjs`, joined as for plain Node. tsc writes the types.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, normalize, relative } from "node:path";
import { rolldown } from "rolldown";

/** @import { ChunkingContext, Plugin } from "rolldown" */

const root = import.meta.dirname;
const source = join(root, "src");
const dist = join(root, "dist");

/** @typedef {{ readonly name: string, readonly from: readonly string[], readonly butNot?: readonly string[] }} Group */

/**
 * The modules that plain Node loads together, by the modules that import them: a module belongs to the first group that
 * imports it statically. Modules that only an `import()` reaches have files of their own, except those that a failed
 * call loads together.
 *
 * @type {readonly Group[]}
 */
const forNode = [
  { name: "client", from: ["codegen/v1", "auth/sigv4", "text/bytes", "errors/mismatch"] },
  { name: "failure", from: ["call/error-response", "call/retry", "retry/standard", "call/explain"] },
  { name: "json", from: ["protocols/awsJson/protocol"] },
  { name: "http-bindings", from: ["protocols/http/codec"] },
];

/**
 * Resolves `name.web.ts`, `name.bundled.ts` or `name.commonjs.ts` instead of `name.ts` where it exists.
 *
 * @param {"web" | "bundled" | "commonjs"} kind
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
 * Statically imports, in the files for bundlers, the parts that plain Node loads on demand: a single-file program
 * contains them anyway, and each `import()` would keep its module and its imports in separate wrappers. What is read of a
 * module at once, `(await import("./x.js")).name`, needs no object with all its exports.
 *
 * @type {Plugin}
 */
const staticImports = {
  name: "static imports",
  transform(code, id) {
    if (!id.startsWith(source)) return null;
    /** @type {string[]} */
    const imports = [];
    /** @param {string} path */
    const moduleAt = (path) => {
      const name = `$module${imports.length}`;
      imports.push(`import * as ${name} from ${JSON.stringify(path)};`);
      return name;
    };
    const text = code
      .replaceAll(/\bawait unlessUnloadable\(import\("(\.[^"]+)"\)\)/g, (_match, path) => moduleAt(path))
      .replaceAll(/\bawait import\("(\.[^"]+)"\)/g, (_match, path) => moduleAt(path))
      .replaceAll(/(?<!typeof )\bimport\("(\.[^"]+)"\)/g, (_match, path) => `Promise.resolve(${moduleAt(path)})`);
    return imports.length === 0 ? null : { code: `${imports.join("\n")}\n${text}`, map: null };
  },
};

/**
 * Escapes non-ASCII characters, which occur in strings and comments only: Node reads a plain ASCII file faster.
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

/**
 * `require` instead of `import()` of a name that is not known here: Jest loads no ES module.
 *
 * @type {Plugin}
 */
const requireByName = {
  name: "require by name",
  transform(code, id) {
    if (!id.startsWith(source)) return null;
    const text = code.replaceAll(
      /\bimport\((?:\/\*[^*]*\*\/\s*)*(\w+)\)/g,
      (_match, name) => `Promise.resolve(${name}).then(require)`,
    );
    return text === code ? null : { code: text, map: null };
  },
};

/** Globals of Node that Jest's jsdom environment does not have, and where they are. */
const globalsOfNode = {
  TextDecoder: ["node:util", "TextDecoder"],
  TextEncoder: ["node:util", "TextEncoder"],
  crypto: ["node:crypto", "webcrypto"],
};

const written = new Set([
  ...(await build("default", "dist", { groups: forNode })),
  ...(await build("module", "dist/modules", { groups: [], apart: true, plugin: [variants("bundled"), staticImports] })),
  ...(await build("browser", "dist/web", {
    groups: [],
    apart: true,
    plugin: [variants("web"), variants("bundled"), staticImports],
  })),
  ...(await build("require", "dist/commonjs", { groups: forNode, plugin: [variants("commonjs"), requireByName] })),
]);
writeFileSync(join(dist, "commonjs/package.json"), '{ "type": "commonjs" }\n');
copyDeclarations();
for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (/\.js(\.map)?$/.test(file) && !written.has(join("dist", file))) rmSync(join(dist, file));
}

/**
 * @param {"default" | "module" | "browser" | "require"} condition of `exports` in package.json
 * @param {string} folder
 * @param {{ groups: readonly Group[], apart?: boolean, plugin?: Plugin | readonly Plugin[] }} form `apart`: modules of no group are not joined
 * @returns {Promise<string[]>} the files written
 */
async function build(condition, folder, { groups, apart = false, plugin }) {
  const isCommonJs = condition === "require";
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(entryPoints(condition, folder).map((entry) => [entry, join(source, `${entry}.ts`)])),
    platform: condition === "browser" ? "browser" : "node",
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
    tsconfig: false,
    // Entry points may export more than their source, because other files import from them.
    preserveEntrySignatures: "allow-extension",
    // Joined modules are loaded together, however they are imported.
    checks: { ineffectiveDynamicImport: false },
    plugins: [plugin, plainAscii],
    ...(isCommonJs && { transform: { inject: globalsOfNode } }),
  });
  /** @type {Map<string, Set<string>>} */
  const reaches = new Map();
  /** @param {string} id @param {ChunkingContext} context */
  const groupOf = (id, context) =>
    groups.find((group) => reachOf(group, reaches, context).has(id))?.name ??
    (apart && id.startsWith(source) ? relative(source, id).replace(/\.ts$/, "") : null);
  const { output } = await bundle.write({
    dir: join(root, folder),
    format: isCommonJs ? "cjs" : "esm",
    dynamicImportInCjs: false,
    minify: false,
    sourcemap: true,
    // The sources are in the package, beside the maps.
    sourcemapExcludeSources: true,
    chunkFileNames: "chunks/[name].js",
    codeSplitting: {
      groups: [{ name: groupOf, debugName: "by group" }],
      // Each module goes to its own group's file, not to that of the first importer.
      includeDependenciesRecursively: false,
    },
  });
  await bundle.close();
  return output.map(({ fileName }) => normalize(join(folder, fileName)));
}

/** To TypeScript, a declaration file has the module format of its folder. */
function copyDeclarations() {
  for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".d.ts") || file.startsWith("commonjs")) continue;
    const copy = join(dist, "commonjs", file);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, readFileSync(join(dist, file), "utf8").replace(/\n\/\/# sourceMappingURL=.*/, ""));
  }
}

/**
 * The entry points in `exports`: `index`, `protocols/awsJson/index`.
 *
 * @param {string} condition
 * @param {string} folder
 */
function entryPoints(condition, folder) {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.values(exports).flatMap((target) => {
    const named = target?.[condition];
    const file = named?.default ?? named ?? "";
    if (!file.startsWith(`./${folder}/`)) return [];
    const entry = file.slice(folder.length + 3, -".js".length);
    const [start, rest] = entry.split("*");
    if (rest === undefined) return [entry];
    const found = readdirSync(join(source, start)).map((name) => start + name.replace(/\.ts$/, "") + rest);
    return found.filter((each) => !/\.(web|bundled)$/.test(each) && existsSync(join(source, `${each}.ts`)));
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
 * Modules and all their static imports.
 *
 * @param {readonly string[]} from
 * @param {ChunkingContext} context
 * @returns {Set<string>}
 */
function closureOf(from, context) {
  const reached = new Set(from.map((start) => join(source, `${start}.ts`)));
  // Iterating a `Set` also visits entries that are added during the iteration.
  for (const id of reached) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}
