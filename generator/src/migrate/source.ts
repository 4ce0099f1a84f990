import { ts } from "ts-morph";

/** A file. It is written back byte for byte, except for the edits. */
export interface Source {
  readonly path: string;
  /** Text without the byte order mark. */
  readonly text: string;
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** Line ending of the file. */
  readonly newLine: string;
}

/** The file cannot be migrated. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

const mark = "\uFEFF";

export const extensions: readonly string[] = [".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"];

/** @throws SourceError if the bytes are not UTF-8 */
export function decode(bytes: Uint8Array): { readonly mark: string; readonly text: string } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith(mark) ? { mark, text: text.slice(1) } : { mark: "", text };
  } catch {
    throw new SourceError("it is not UTF-8; convert it first");
  }
}

/** @throws SourceError with the first syntax error and its line */
export function parse(path: string, text: string): Source {
  const program = programOf(path, text);
  const file = program.getSourceFile(path);
  if (!file) throw new SourceError("it cannot be read as JavaScript or TypeScript");
  const [problem] = program.getSyntacticDiagnostics(file);
  if (problem) {
    const line = file.getLineAndCharacterOfPosition(problem.start).line + 1;
    throw new SourceError(`line ${line}: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`);
  }
  return { path, text, file, checker: program.getTypeChecker(), newLine: text.includes("\r\n") ? "\r\n" : "\n" };
}

/** A program of only this file, without imports and the standard library. It resolves names, but not types. */
function programOf(path: string, text: string): ts.Program {
  const file = ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ESNext }, true, kindOf(path));
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === path ? file : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === path,
    readFile: () => undefined,
  };
  const options: ts.CompilerOptions = {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    types: [],
  };
  return ts.createProgram([path], options, host);
}

function kindOf(path: string): ts.ScriptKind {
  if (/\.[cm]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith(".tsx")) return ts.ScriptKind.TSX;
  return path.endsWith(".jsx") ? ts.ScriptKind.JSX : ts.ScriptKind.JS;
}

/** Calls a function with each node of a tree. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** All uses of a declared name, except where another declaration shadows it. */
export function referencesTo(source: Source, declaration: ts.Node, name: ts.Identifier): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  walk(source.file, (node) => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return;
    if (symbolOf(source.checker, node)?.declarations?.includes(declaration as ts.Declaration)) found.push(node);
  });
  return found;
}

function symbolOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

/** All identifiers of a file except member names. Any other name is free. */
export function namesIn(source: Source): Set<string> {
  const names = new Set<string>();
  walk(source.file, (node) => {
    if (ts.isIdentifier(node) && !isPart(node)) names.add(node.text);
  });
  return names;
}

function isPart(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  const isMember =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isClassElement(parent) ||
    ts.isTypeElement(parent);
  return isMember && parent.name === node;
}

/** Whether a node is in a list of statements, so that others can be inserted. */
export function isStatement({ parent }: ts.Node): boolean {
  return ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isModuleBlock(parent) || ts.isCaseOrDefaultClause(parent);
}
