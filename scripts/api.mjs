// Writes docs/api: the declaration of every export of every entry point that the packages name in `exports`, read from
// their declaration files. With `--check`, compares instead and exits with 1 and the lines that differ.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { format, resolveConfig } from "prettier";
import { ts } from "ts-morph";

/** @typedef {{ readonly name: string, readonly file: string }} EntryPoint `name` is its import specifier. */

const root = join(import.meta.dirname, "..");
const printer = ts.createPrinter({ removeComments: true });

/** @param {string} folder */
const readManifest = (folder) => JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));

/** The folders of the packages, in the order of the workspaces. */
function packageFolders() {
  /** @type {readonly string[]} */
  const workspaces = readManifest(".").workspaces;
  return workspaces.flatMap((folder) => {
    if (!folder.endsWith("/*")) return [folder];
    const parent = folder.slice(0, -2);
    return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
  });
}

/**
 * The entry points that `exports` declares, wildcards expanded, without those that a wildcard with the target null excludes.
 *
 * @param {string} folder
 * @returns {EntryPoint[]}
 */
function entryPoints(folder) {
  /** @type {{ name: string, exports: Readonly<Record<string, string | null | { readonly types?: { readonly default: string } | string }>> }} */
  const { name, exports } = readManifest(folder);
  const excluded = Object.keys(exports).filter((subpath) => exports[subpath] === null);
  /** @param {EntryPoint} entry */
  const isExcluded = (entry) => excluded.some((subpath) => entry.name.startsWith(name + subpath.slice(1, -1)));
  const found = Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === "string" || target === null) return [];
    if (target.types === undefined) throw new Error(`${name}: the export ${subpath} has no "types" condition`);
    const specifier = name + subpath.slice(1);
    const file = join(root, folder, typeof target.types === "string" ? target.types : target.types.default);
    const [before = "", after] = file.split("*");
    if (after === undefined) return [{ name: specifier, file }];
    // A package without custom code has no such folder.
    if (!existsSync(before)) return [];
    return readdirSync(before, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => path.endsWith(after) && hasSource(before + path))
      .map((path) => path.slice(0, -after.length))
      .toSorted()
      .map((match) => ({ name: specifier.replace("*", match), file: before + match + after }));
  });
  return found.filter((entry) => !isExcluded(entry));
}

/**
 * Whether the source of a declaration file still exists.
 *
 * @param {string} file
 */
function hasSource(file) {
  const [folder, path] = file.split(/[\\/]dist[\\/]/);
  return path !== undefined && existsSync(join(folder ?? "", "src", path.replace(/\.d\.ts$/, ".ts")));
}

/**
 * @param {ts.Symbol} symbol
 * @returns {string} its declarations without comments, private members and `export`
 */
function declarationText(symbol) {
  const texts = (symbol.declarations ?? []).map((declaration) => {
    const isVariable = ts.isVariableDeclaration(declaration);
    const node = isVariable ? declaration.parent.parent : declaration;
    const text = printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
    return text.replace(/^export (default )?/, "").replaceAll(/^\s+(#private|private .*);\n/gm, "");
  });
  return texts.join("\n");
}

/**
 * @param {string} name of the package
 * @param {readonly EntryPoint[]} entries
 * @param {ts.Program} program
 * @param {Map<ts.Symbol, string>} homes entry point where each symbol is declared in a report
 */
function report(name, entries, program, homes) {
  const checker = program.getTypeChecker();
  const sections = entries.map((entry) => {
    const source = program.getSourceFile(entry.file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry.name}: ${entry.file} is not there or not a module; run npm run build`);
    /** @type {string[]} */
    const declared = [];
    /** @type {Map<string, string[]>} */
    const shared = new Map();
    const exported = checker.getExportsOfModule(module).map((symbol) => /** @type {const} */ ([symbol.name, symbol]));
    for (const [exportName, symbol] of exported.toSorted(([left], [right]) => (left < right ? -1 : 1))) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const home = homes.get(target);
      const renamed = exportName === target.name ? exportName : `${target.name} as ${exportName}`;
      if (home !== undefined) shared.set(home, [...(shared.get(home) ?? []), renamed]);
      else {
        homes.set(target, entry.name);
        declared.push(declarationText(target), ...(renamed === exportName ? [] : [`export { ${renamed} };`]));
      }
    }
    const reexports = [...shared].map(([home, names]) => `export { ${names.join(", ")} } from "${home}";`);
    return `## \`${entry.name}\`\n\n\`\`\`ts\n${[...reexports, ...declared].join("\n\n")}\n\`\`\``;
  });
  return `# API of \`${name}\`\n\n<!-- Written by \`npm run api\`. -->\n\n${sections.join("\n\n")}\n`;
}

const packages = packageFolders().map((folder) => ({ folder, entries: entryPoints(folder) }));
const program = ts.createProgram(
  packages.flatMap(({ entries }) => entries.map(({ file }) => file)),
  { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [], skipLibCheck: true },
);
/** @type {Map<ts.Symbol, string>} */
const homes = new Map();
const isCheck = process.argv.includes("--check");
for (const { folder, entries } of packages) {
  const path = `docs/api/${basename(folder)}.md`;
  const file = join(root, path);
  const options = { ...(await resolveConfig(file)), parser: "markdown" };
  const text = await format(report(readManifest(folder).name, entries, program, homes), options);
  const current = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : "";
  if (text === current) continue;
  if (isCheck) {
    process.exitCode = 1;
    console.log(createTwoFilesPatch(path, "declarations", current, text, "", "", { context: 1 }));
    console.log(`${path} is not what ${folder} exports. If the change is meant, run npm run api and commit the file.`);
  } else {
    mkdirSync(join(root, "docs/api"), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}
