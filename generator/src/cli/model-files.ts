import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Diagnostic } from "../diagnostics.js";
import type { Source } from "../model/source/source.js";
import { readSourceText } from "./model-source.js";
import { messageOf } from "./terminal.js";

const buildFile = "smithy-build.json";

/** The paths of one model on a command line. */
export type ModelPaths = readonly [string, ...string[]];

/** The files of one model, in the order in which they are read. */
export interface ModelFiles {
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What each model of a command line is made of. Files of Smithy IDL, folders and `smithy-build.json` are one model
 * together, with JSON beside them; JSON files alone are a model each.
 */
export function modelsOf(paths: readonly string[], cwd: string): readonly ModelPaths[] {
  const [first, ...others] = paths;
  const isPart = (path: string): boolean =>
    path.endsWith(".smithy") || basename(path) === buildFile || isFolder(resolve(cwd, path));
  if (first !== undefined && paths.some(isPart)) return [[first, ...others]];
  return paths.map((path) => [path]);
}

/** The model files of a command line's paths: a folder or a `smithy-build.json` is replaced by the files in it. */
export function modelFiles(paths: readonly string[], cwd: string): ModelFiles {
  const finder = new Finder(cwd);
  for (const path of paths) finder.add(path);
  const { files, diagnostics } = finder;
  if (files.size === 0 && diagnostics.length === 0) {
    finder.report("error", "no-model-files", "No .smithy file and no Smithy model in JSON was found.", paths[0]);
  }
  return { files: [...files], diagnostics };
}

/** Reads files; a diagnostic for each that cannot be read. */
export function readSources(
  files: readonly string[],
  cwd: string,
): { readonly sources: readonly Source[]; readonly diagnostics: readonly Diagnostic[] } {
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    try {
      sources.push({ file, text: readSourceText(file, cwd) });
    } catch (error) {
      const message = `The file cannot be read: ${messageOf(error)}.`;
      diagnostics.push({ severity: "error", code: "unreadable-file", message, file });
    }
  }
  return { sources, diagnostics };
}

class Finder {
  readonly files = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #cwd: string;
  readonly #seen = new Set<string>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Adds a file as it is, and what a folder or a `smithy-build.json` has. */
  add(path: string): void {
    if (isFolder(resolve(this.#cwd, path))) this.#addFolder(path);
    else if (basename(path) === buildFile) this.#addBuild(path);
    else this.files.add(path);
  }

  report(severity: Diagnostic["severity"], code: string, message: string, file?: string): void {
    this.diagnostics.push({ severity, code, message, ...(file !== undefined && { file }) });
  }

  /** Its model files at any depth, or those that its `smithy-build.json` names. */
  #addFolder(folder: string): void {
    const build = join(folder, buildFile);
    if (existsSync(resolve(this.#cwd, build))) return this.#addBuild(build);
    const entries = readdirSync(resolve(this.#cwd, folder), { withFileTypes: true });
    for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) this.#addFolder(path);
      else if (entry.isFile() && this.#isModel(path)) this.files.add(path);
    }
  }

  #isModel(path: string): boolean {
    if (path.endsWith(".smithy")) return true;
    return (
      path.endsWith(".json") &&
      /^\uFEFF?\s*\{[\s\S]*"smithy"\s*:\s*"/.test(readFileSync(resolve(this.#cwd, path), "utf8"))
    );
  }

  /** @see https://smithy.io/2.0/guides/smithy-build-json.html */
  #addBuild(path: string): void {
    const whole = resolve(this.#cwd, path);
    if (this.#seen.has(whole)) return;
    this.#seen.add(whole);
    const invalid = (message: string): void => this.report("error", "invalid-build-file", message, path);
    let build: unknown;
    try {
      build = JSON.parse(readFileSync(whole, "utf8"));
    } catch (error) {
      return invalid(`The file cannot be read: ${messageOf(error)}.`);
    }
    const folder = dirname(path);
    const standard = isFolder(join(dirname(whole), "model")) ? ["model"] : [];
    const sources = texts(build, "sources") ?? standard;
    for (const source of [...sources, ...(texts(build, "imports") ?? [])]) {
      const file = join(folder, source);
      if (!existsSync(resolve(this.#cwd, file))) invalid(`${source} does not exist.`);
      else if (file.endsWith(".jar"))
        invalid(`${source} is an archive, which is not read. Name the files that it contains.`);
      else this.add(file);
    }
    for (const name of texts(property(build, "npm"), "dependencies") ?? []) {
      const found = this.#package(name, folder);
      if (found === undefined) invalid(`The npm package ${name} is not installed: run npm install ${name}.`);
      else this.#addFolder(found);
    }
    if ((texts(property(build, "maven"), "dependencies") ?? []).length > 0) {
      const message =
        "Maven dependencies are not read. The traits of Smithy and AWS are known; add other models with imports or npm.dependencies.";
      this.report("note", "maven-not-read", message, path);
    }
  }

  /** Where a package is installed, from the folder upwards. */
  #package(name: string, folder: string): string | undefined {
    for (let at = resolve(this.#cwd, folder); ; at = dirname(at)) {
      const found = join(at, "node_modules", name);
      if (isFolder(found)) return found;
      if (at === dirname(at)) return undefined;
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function texts(value: unknown, name: string): readonly string[] | undefined {
  const list = property(value, name);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : undefined;
}
