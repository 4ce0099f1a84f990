import { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics.js";
import { type Origin, withImports } from "./imports.js";
import { type ModuleNames, readNames } from "./module.js";

/** A module as the templates left it: without imports. */
export interface RenderedModule {
  readonly path: string;
  readonly text: string;
  /** Names of other modules' exports that this one exports too. */
  readonly reexports: readonly string[];
  /** What other packages export, by the name that this module uses. */
  readonly runtime: ReadonlyMap<string, Origin>;
  /** No other module imports what it exports. */
  readonly isApart?: boolean;
}

/**
 * Completes modules: finds the names that each uses and imports them, from the runtime or from the module that
 * exports them. A name that nobody exports stays as it is (a global of the language), for the compiler to judge.
 */
export function assemble(modules: readonly RenderedModule[]): {
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const parsed = modules.map((module) => {
    const file = parse(module);
    diagnostics.push(...syntaxErrors(module, file));
    return { module, names: readNames(file) };
  });
  const exporters = new Map<string, Origin>();
  for (const { module, names } of parsed) {
    if (module.isApart) continue;
    for (const [name, { typeOnly }] of names.exports) {
      const other = exporters.get(name);
      if (other) diagnostics.push(duplicateExport(name, other.path, module.path));
      exporters.set(name, { path: module.path, typeOnly, name });
    }
  }
  if (diagnostics.length > 0) return { files: new Map(), diagnostics };

  const files = new Map<string, string>();
  for (const { module, names } of parsed) {
    const origins = originsOf(module, names, exporters);
    files.set(module.path, withImports(module.text, module.path, origins, reexportsOf(module, exporters)));
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
    const origin = module.runtime.get(name) ?? exporters.get(name);
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

/** The syntax tree without that of the comments, which name nothing. */
function parse({ path, text }: RenderedModule): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(path, text, options, true);
}

/** The parser's complaints: they mean that a name or text of the model broke out of its place. */
function syntaxErrors(module: RenderedModule, file: ts.SourceFile): Diagnostic[] {
  const { parseDiagnostics = [] } = file as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return parseDiagnostics.map(({ start, messageText }) => ({
    severity: "error",
    code: "generated-syntax",
    message: `${module.path}:${file.getLineAndCharacterOfPosition(start).line + 1} would not be TypeScript: ${
      typeof messageText === "string" ? messageText : messageText.messageText
    }. This is a defect of the generator; please report it with the model.`,
  }));
}
