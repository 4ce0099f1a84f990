import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { getLibFiles, getLibFolderPath } from "@ts-morph/common";
import { ts } from "ts-morph";

/** A generated client to check a program against: it is only in memory. */
export interface MemoryClient {
  /** Name that the program imports it by. */
  readonly packageName: string;
  /** Texts of its files, by path in the package. */
  readonly files: ReadonlyMap<string, string>;
}

/** A program as its `tsconfig.json` describes it. */
export interface Project {
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  readonly files: readonly string[];
}

/** @throws Error with what is wrong with the file */
export function readProject(file: string): Project {
  const problems: string[] = [];
  const tell = (diagnostic: ts.Diagnostic): void =>
    void problems.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: tell };
  const parsed = ts.getParsedCommandLineOfConfigFile(
    file,
    { noEmit: true, composite: false, incremental: false },
    host,
  );
  // A project that only refers to others has no files of its own, which is no problem of the comparison.
  parsed?.errors.forEach(tell);
  if (!parsed || problems.length > 0) throw new Error(problems.join(" ") || "It cannot be read.");
  return { folder: posix.dirname(file.replaceAll("\\", "/")), options: parsed.options, files: parsed.fileNames };
}

/** Where the client's files seem to be: inside the project, so that what they import is found. */
export function clientFolder({ folder }: Project): string {
  return posix.join(folder, "node_modules/.clientsmith-diff");
}

/** The project's program with a client in place of the installed one. */
export function programWith(project: Project, client: MemoryClient): ts.Program {
  const folder = clientFolder(project);
  const inMemory = new Map([...client.files].map(([path, text]) => [posix.join(folder, path), text] as const));
  // The compiler that ts-morph brings has no files of the standard library beside it.
  const libraries = getLibFolderPath({});
  for (const { fileName, text } of getLibFiles()) inMemory.set(posix.join(libraries, fileName), text);
  const base = ts.createCompilerHost(project.options, true);
  const host: ts.CompilerHost = {
    ...base,
    getDefaultLibLocation: () => libraries,
    getDefaultLibFileName: (options) => posix.join(libraries, ts.getDefaultLibFileName(options)),
    fileExists: (path) => inMemory.has(path) || base.fileExists(path),
    directoryExists: (path) => path.startsWith(folder) || (base.directoryExists?.(path) ?? true),
    readFile: (path) => inMemory.get(path) ?? base.readFile(path),
    getSourceFile: (path, options, onError) => {
      const text = inMemory.get(path);
      return text === undefined
        ? base.getSourceFile(path, options, onError)
        : ts.createSourceFile(path, text, options, true);
    },
    resolveModuleNameLiterals: (literals, containing, _redirected, options, file) =>
      literals.map((literal) => {
        const own = ownModule(literal.text, client, folder);
        if (own !== undefined) return resolvedTo(own);
        const mode = ts.getModeForUsageLocation(file, literal, options);
        const resolve = (from: string): ts.ResolvedModuleWithFailedLookupLocations =>
          ts.resolveModuleName(literal.text, from, options, host, undefined, undefined, mode);
        const found = resolve(containing);
        // The runtime that this generator was made for, where the project has none.
        const isRuntime = !found.resolvedModule && literal.text.startsWith("@clientsmith/runtime");
        return isRuntime ? resolve(fileURLToPath(import.meta.url)) : found;
      }),
  };
  return ts.createProgram({ rootNames: [...project.files], options: project.options, host });
}

/** What the `exports` of a generated package say. */
function ownModule(specifier: string, { packageName }: MemoryClient, folder: string): string | undefined {
  if (specifier === packageName) return join(folder, "src/index.ts");
  if (!specifier.startsWith(`${packageName}/`)) return undefined;
  const path = specifier.slice(packageName.length + 1);
  return join(folder, ["classic", "client", "model"].includes(path) ? `src/${path}.ts` : `src/operations/${path}.ts`);
}

function resolvedTo(resolvedFileName: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName, extension: ts.Extension.Ts, isExternalLibraryImport: false } };
}

/** Files of the program that are the project's own. */
export function ownFiles(program: ts.Program, project: Project): ts.SourceFile[] {
  return project.files.flatMap((file) => {
    const found = program.getSourceFile(file);
    return found && !found.isDeclarationFile ? [found] : [];
  });
}
