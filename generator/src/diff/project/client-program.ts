import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { getLibFiles, getLibFolderPath } from "@ts-morph/common";
import { ts } from "ts-morph";

/** Folder of a generated package for code that is not generated; the package exports its modules. */
const customFolder = "src/custom";

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
  /** Name of the package in that folder. The package may be the client itself, with custom code in it. */
  readonly packageName: string | undefined;
  readonly options: ts.CompilerOptions;
  readonly files: readonly string[];
}

/** @throws Error with what is wrong with the file */
export function readProject(file: string): Project {
  const problems: string[] = [];
  const report = (diagnostic: ts.Diagnostic): void =>
    void problems.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report };
  const parsed = ts.getParsedCommandLineOfConfigFile(
    file,
    { noEmit: true, composite: false, incremental: false },
    host,
  );
  // A project that only refers to others has no files of its own, which is no problem of the comparison.
  parsed?.errors.forEach(report);
  if (!parsed || problems.length > 0) throw new Error(problems.join(" ") || "It cannot be read.");
  const folder = posix.dirname(file.replaceAll("\\", "/"));
  const packageName = nameOf(ts.sys.readFile(posix.join(folder, "package.json")));
  return { folder, packageName, options: parsed.options, files: parsed.fileNames };
}

function nameOf(manifest: string | undefined): string | undefined {
  const { config } = ts.parseConfigFileTextToJson("package.json", manifest ?? "{}") as { config?: { name?: unknown } };
  return typeof config?.name === "string" ? config.name : undefined;
}

/** Where the client's files seem to be: inside the project, so that what they import is found. */
export function clientFolder(project: Project, packageName: string): string {
  const { folder } = project;
  return project.packageName === packageName ? folder : posix.join(folder, "node_modules/.clientsmith-diff");
}

/**
 * Whether a file of a generated package is generated. The code in `src/custom` is not: its compatibility with the new
 * client is what is checked.
 */
function isGenerated(path: string, { folder, packageName }: Project, client: string): boolean {
  const isInClient = packageName === client && path.startsWith(`${folder}/src/`);
  return isInClient && !path.startsWith(`${folder}/${customFolder}/`);
}

/** The project's program with a client in place of the installed one. */
export function programWith(project: Project, client: MemoryClient): ts.Program {
  const folder = clientFolder(project, client.packageName);
  const isHidden = (path: string): boolean => isGenerated(path, project, client.packageName);
  const inMemory = new Map([...client.files].map(([path, text]) => [posix.join(folder, path), text] as const));
  // The compiler that ts-morph brings has no files of the standard library beside it.
  const libraries = getLibFolderPath({});
  for (const { fileName, text } of getLibFiles()) inMemory.set(posix.join(libraries, fileName), text);
  const base = ts.createCompilerHost(project.options, true);
  const host: ts.CompilerHost = {
    ...base,
    getDefaultLibLocation: () => libraries,
    getDefaultLibFileName: (options) => posix.join(libraries, ts.getDefaultLibFileName(options)),
    fileExists: (path) => inMemory.has(path) || (!isHidden(path) && base.fileExists(path)),
    directoryExists: (path) => path.startsWith(`${folder}/`) || (base.directoryExists?.(path) ?? true),
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
  const rootNames = project.files.filter((path) => !isHidden(path));
  return ts.createProgram({ rootNames, options: project.options, host });
}

/** The `exports` of a generated package. */
function ownModule(specifier: string, { packageName }: MemoryClient, folder: string): string | undefined {
  if (specifier === packageName) return join(folder, "src/index.ts");
  if (!specifier.startsWith(`${packageName}/`)) return undefined;
  const path = specifier.slice(packageName.length + 1);
  const isModule = ["classic", "client", "model"].includes(path) || path.startsWith("custom/");
  return join(folder, isModule ? `src/${path}.ts` : `src/operations/${path}.ts`);
}

function resolvedTo(resolvedFileName: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName, extension: ts.Extension.Ts, isExternalLibraryImport: false } };
}

/** Files of the program that are the project's own, and not of the client. */
export function ownFiles(program: ts.Program, project: Project, packageName: string): ts.SourceFile[] {
  return project.files.flatMap((file) => {
    if (isGenerated(file, project, packageName)) return [];
    const found = program.getSourceFile(file);
    return found && !found.isDeclarationFile ? [found] : [];
  });
}
