import { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics.js";
import { type Origin, withImports } from "./imports.js";
import { type ModuleNames, readNames } from "./module.js";

/** A rendered module, still without imports. */
export interface RenderedModule {
  readonly path: string;
  readonly text: string;
  /** Exports of other modules that this one re-exports. */
  readonly reexports: readonly string[];
  /** Exports of other packages, by the name that this module uses. */
  readonly runtime: ReadonlyMap<string, Origin>;
  /** Whether no other module may import its exports. */
  readonly isApart?: boolean;
}

/**
 * Completes modules: finds the names that each module uses and imports them from the runtime or from the module that
 * exports them. A name that no module exports is left alone: it is a global, or the compiler reports it.
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
    files.set(module.path, withImports(module.text, module.path, origins, reexportsOf(module, origins, exporters)));
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

function reexportsOf(
  module: RenderedModule,
  used: ReadonlyMap<string, Origin>,
  exporters: ReadonlyMap<string, Origin>,
): Map<string, Origin> {
  const ofOthers = module.reexports.flatMap((name) => {
    const origin = exporters.get(name);
    return origin && origin.path !== module.path ? [[name, origin] as const] : [];
  });
  return new Map([...ofOthers, ...(module.isApart ? [] : runtimeTypes(module, used))]);
}

/**
 * The runtime's types in the module's signatures. Where a caller cannot import the runtime, as in a pnpm layout, the compiler
 * names them in the declarations of the caller by the module that exports them too (TS2742, TS2883).
 */
function runtimeTypes({ runtime }: RenderedModule, used: ReadonlyMap<string, Origin>): (readonly [string, Origin])[] {
  return [...used]
    .filter(([name]) => runtime.get(name)?.typeOnly === true)
    .flatMap(([name, { shows = [] }]) => [name, ...shows])
    .flatMap((name) => {
      const origin = runtime.get(name);
      return origin && origin.name !== "*" ? [[name, origin] as const] : [];
    });
}

function duplicateExport(name: string, left: string, right: string): Diagnostic {
  const message = `${left} and ${right} both export ${name}, and a package exports each name once. Rename one of them in its emitter.`;
  return { severity: "error", code: "duplicate-export", message };
}

/** Parses a module without its doc comments, because their names need no import. */
function parse({ path, text }: RenderedModule): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(path, text, options, true);
}

/** Syntax errors, which mean that a name or text of the model was not escaped. */
function syntaxErrors(module: RenderedModule, file: ts.SourceFile): Diagnostic[] {
  const { parseDiagnostics = [] } = file as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return parseDiagnostics.map(({ start, messageText }) => ({
    severity: "error",
    code: "generated-syntax",
    message: `${module.path}:${file.getLineAndCharacterOfPosition(start).line + 1} is not valid TypeScript: ${
      typeof messageText === "string" ? messageText : messageText.messageText
    }. This is a bug of the generator. Please report it with the model.`,
  }));
}
