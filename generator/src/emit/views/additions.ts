import type { Diagnostic } from "../../diagnostics.js";
import type { ServiceIr } from "../../ir/ir.js";
import type { PackageAdditions, PackageFile } from "./file.js";

/** Combines the additions of several emitters. Of a name that several have, the last value is used. */
export function joinAdditions(additions: readonly PackageAdditions[]): Required<PackageAdditions> {
  const all = (key: "dependencies" | "devDependencies" | "exports" | "bin"): Readonly<Record<string, string>> =>
    Object.assign({}, ...additions.map((each) => each[key])) as Readonly<Record<string, string>>;
  return {
    dependencies: all("dependencies"),
    devDependencies: all("devDependencies"),
    exports: all("exports"),
    bin: all("bin"),
    files: [...new Set(additions.flatMap(({ files = [] }) => files))],
    readme: additions.flatMap(({ readme }) => (readme === undefined ? [] : [readme.trim()])).join("\n\n"),
  };
}

/** Subpaths of every generated package. */
const ownSubpaths = [".", "./classic", "./client", "./custom/*", "./model", "./package.json", "./*"];

/** Subpaths that the package has already, and exports and commands without a file. */
export function additionProblems(
  { exports, bin }: Required<PackageAdditions>,
  files: readonly PackageFile[],
  ir: ServiceIr,
): Diagnostic[] {
  const taken = new Set([...ownSubpaths, ...[...ir.names.operations.values()].map((each) => `./${each.function}`)]);
  const paths = new Set(files.map(({ path }) => path));
  const problem = (code: string, message: string): Diagnostic => ({ severity: "error", code, message });
  const used = Object.keys(exports).filter((subpath) => taken.has(subpath));
  const targets = [...Object.entries(exports), ...Object.entries(bin)];
  return [
    ...used.map((subpath) =>
      problem("duplicate-subpath", `The package has the subpath ${subpath} already. Choose another in the emitter.`),
    ),
    ...targets
      .filter(([, path]) => !path.includes("*") && !paths.has(path))
      .map(([name, path]) =>
        problem("missing-file", `The emitter of ${name} refers to ${path}, which no emitter generates.`),
      ),
  ];
}
