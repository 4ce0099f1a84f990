import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { isStatement, type Source } from "./source.js";

/** A name to import: `{ CloudTrail as Trail }`. */
export interface Wanted {
  readonly name: string;
  readonly local: string;
  /** Whether it is only a type. */
  readonly isType: boolean;
}

/** Replaces the module name of an import, `require` or export. The quotes are kept. */
export function moduleEdit({ file }: Source, specifier: ts.StringLiteralLike, name: string): Edit {
  const quote = specifier.getText(file).charAt(0);
  return { start: specifier.getStart(file), end: specifier.getEnd(), text: `${quote}${name}${quote}` };
}

/** Adds an import after the statement with a specifier, in the same style. */
export function importAfter(
  source: Source,
  specifier: ts.StringLiteralLike,
  module: string,
  wanted: readonly Wanted[],
): Edit {
  const { text, file, newLine } = source;
  const statement = statementOf(specifier);
  const start = statement.getStart(file);
  const whole = text.slice(start, statement.getEnd());
  const quote = specifier.getText(file).charAt(0);
  const end = whole.endsWith(";") ? ";" : "";
  const from = `${quote}${module}${quote}`;
  const line = isModuleSyntax(statement)
    ? `${head(statement)} { ${wanted.map((each) => typed(source, statement, each)).join(", ")} } from ${from}${end}`
    : `${keyword(whole)} { ${wanted.map((each) => specifierText(each, ": ")).join(", ")} } = require(${from})${end}`;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r?\n|$)/.exec(text.slice(statement.getEnd()));
  const at = statement.getEnd() + (rest?.[0].length ?? 0);
  // If another statement follows on the line, a missing semicolon is added before the import.
  return { start: at, end: at, text: rest ? `${newLine}${indent}${line}` : `${end === "" ? ";" : ""} ${line}` };
}

export function specifierText({ name, local }: Pick<Wanted, "name" | "local">, as: string): string {
  return name === local ? name : `${name}${as}${local}`;
}

/** An import specifier. Types need the keyword `type`, unless the statement itself is an `import type`. */
function typed({ path }: Source, statement: ts.Node, wanted: Wanted): string {
  const isTypeKeyword = head(statement).endsWith(" type") || !/tsx?$/.test(path);
  return `${wanted.isType && !isTypeKeyword ? "type " : ""}${specifierText(wanted, " as ")}`;
}

/** Removes elements and their commas from a list that keeps at least one element. */
export function withoutElements({ file }: Source, elements: readonly ts.Node[], gone: ReadonlySet<ts.Node>): Edit[] {
  const lastKept = elements.findLastIndex((element) => !gone.has(element));
  const edits = elements.slice(0, lastKept).flatMap((element, index) => {
    const next = elements[index + 1];
    if (!gone.has(element) || !next) return [];
    return [{ start: element.getStart(file), end: next.getStart(file), text: "" }];
  });
  const [kept, last] = [elements[lastKept], elements.at(-1)];
  if (!kept || !last || kept === last) return edits;
  return [...edits, { start: kept.getEnd(), end: last.getEnd(), text: "" }];
}

function statementOf(node: ts.Node): ts.Node {
  let each = node;
  while (!isStatement(each)) each = each.parent;
  return each;
}

function isModuleSyntax(statement: ts.Node): boolean {
  return (
    ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || ts.isExportDeclaration(statement)
  );
}

function head(statement: ts.Node): string {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly ? "export type" : "export";
  return ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly === true ? "import type" : "import";
}

function keyword(statement: string): string {
  return /^(?:const|let|var)\b/.exec(statement)?.[0] ?? "const";
}
