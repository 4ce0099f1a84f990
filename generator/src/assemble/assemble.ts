import type { CodegenSymbol } from "@clientsmith/runtime/symbols";
import { IndentationText, Project, type SourceFile, type ts } from "ts-morph";
import type { Diagnostic } from "../diagnostics.js";
import { addImports, type Origin } from "./imports.js";
import { type ModuleNames, readNames } from "./module.js";

/** A module as the templates left it: without imports. */
export interface RenderedModule {
  readonly path: string;
  readonly text: string;
  /** Names of other modules' exports that this one exports too. */
  readonly reexports: readonly string[];
  /** Runtime symbols by the name that this module uses. */
  readonly runtime: ReadonlyMap<string, RuntimeSymbol>;
}

export interface RuntimeSymbol extends CodegenSymbol {
  /** What the runtime calls it. */
  readonly symbol: string;
}

/**
 * Completes modules: finds the names that each uses and imports them, from the runtime or from the module that
 * exports them. A name that nobody exports stays as it is (a global of the language), for the compiler to judge.
 */
export function assemble(modules: readonly RenderedModule[]): {
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipAddingFilesFromTsConfig: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const diagnostics: Diagnostic[] = [];
  const parsed = modules.map((module) => {
    const file = project.createSourceFile(module.path, module.text);
    diagnostics.push(...syntaxErrors(module, file));
    return { module, file, names: readNames(file) };
  });
  const exporters = new Map<string, Origin>();
  for (const { module, names } of parsed) {
    for (const [name, { typeOnly }] of names.exports) {
      const other = exporters.get(name);
      if (other) diagnostics.push(duplicateExport(name, other.path, module.path));
      exporters.set(name, { path: module.path, typeOnly, name });
    }
  }
  if (diagnostics.length > 0) return { files: new Map(), diagnostics };

  const files = new Map<string, string>();
  for (const { module, file, names } of parsed) {
    addImports(file, module.path, originsOf(module, names, exporters), reexportsOf(module, exporters));
    files.set(module.path, file.getFullText());
    file.forget();
  }
  return { files, diagnostics };
}

function originsOf(
  module: RenderedModule,
  names: ModuleNames,
  exporters: ReadonlyMap<string, Origin>,
): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const [name, { value }] of names.uses) {
    const symbol = module.runtime.get(name);
    const origin: Origin | undefined = symbol
      ? { path: `@clientsmith/runtime/${symbol.from}`, typeOnly: symbol.typeOnly, name: symbol.symbol }
      : exporters.get(name);
    if (origin) origins.set(name, { ...origin, typeOnly: origin.typeOnly || !value });
  }
  return origins;
}

function reexportsOf(module: RenderedModule, exporters: ReadonlyMap<string, Origin>): Map<string, Origin> {
  return new Map(
    module.reexports.flatMap((name) => {
      const origin = exporters.get(name);
      return origin && origin.path !== module.path ? [[name, origin] as const] : [];
    }),
  );
}

function duplicateExport(name: string, left: string, right: string): Diagnostic {
  const message = `${left} and ${right} both export ${name}; a package has one of each name. Rename one where it is emitted.`;
  return { severity: "error", code: "duplicate-export", message };
}

/** The parser's complaints: they mean that a name or text of the model broke out of its place. */
function syntaxErrors(module: RenderedModule, file: SourceFile): Diagnostic[] {
  const node = file.compilerNode as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return (node.parseDiagnostics ?? []).map((problem) => ({
    severity: "error",
    code: "generated-syntax",
    message: `${module.path}:${file.getLineAndColumnAtPos(problem.start).line} would not be TypeScript: ${
      typeof problem.messageText === "string" ? problem.messageText : problem.messageText.messageText
    }. This is a defect of the generator; please report it with the model.`,
  }));
}
