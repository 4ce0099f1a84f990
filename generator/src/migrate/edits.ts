import { ts } from "ts-morph";
import type { Section } from "./sections.js";
import { isStatement, type Source } from "./source.js";

/** Replaces a part of a file by a text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Code that is left unchanged. */
export interface Note {
  /** Line number, 1-based. */
  readonly line: number;
  readonly reason: string;
  readonly section: Section;
  /** Whether the file has a comment about it. */
  readonly isComment: boolean;
}

/** Applies edits. They must not overlap. Insertions at the same position keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let position = 0;
  for (const { start, end, text: put } of edits.toSorted((left, right) => left.start - right.start)) {
    result += text.slice(position, start) + put;
    position = end;
  }
  return result + text.slice(position);
}

/** Replaces a node by a text. Comments around it are kept. */
export function replace({ file }: Source, node: ts.Node, text: string): Edit {
  return { start: node.getStart(file), end: node.getEnd(), text };
}

/** A comment above code that is left unchanged. Empty if an earlier run has already added it. */
export function commentOn(source: Source, node: ts.Node, reason: string, section: Section): Edit[] {
  const words = `clientsmith: left unchanged: ${reason}. See "${section}" in docs/migrating.md`;
  const { text, file, newLine } = source;
  const whole = enclosing(node, (statement) => startsLine(source, statement));
  if (whole) {
    const start = whole.getStart(file);
    const lineStart = startOfLine(text, start);
    if (isStatedAbove(text, lineStart, words)) return [];
    return [{ start: lineStart, end: lineStart, text: `${text.slice(lineStart, start)}// ${words}${newLine}` }];
  }
  // Several statements on a line. The outermost one is not inside a template or JSX text, where a comment would be
  // text.
  const outermost = enclosing(node, (statement) => ts.isSourceFile(statement.parent));
  const start = (outermost ?? node).getStart(file);
  if (text.slice(0, start).endsWith(`/* ${words} */ `)) return [];
  return [{ start, end: start, text: `/* ${words} */ ` }];
}

export function lineOf({ file }: Source, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** The innermost statement around a node that meets a condition. */
function enclosing(node: ts.Node, condition: (statement: ts.Node) => boolean): ts.Node | undefined {
  for (let each = node; !ts.isSourceFile(each); each = each.parent) {
    if (isStatement(each) && condition(each)) return each;
  }
  return undefined;
}

function startsLine({ text, file }: Source, node: ts.Node): boolean {
  const start = node.getStart(file);
  return text.slice(startOfLine(text, start), start).trim() === "";
}

function startOfLine(text: string, position: number): number {
  return text.lastIndexOf("\n", position - 1) + 1;
}

function isStatedAbove(text: string, lineStart: number, words: string): boolean {
  for (const line of text.slice(0, lineStart).split("\n").slice(0, -1).toReversed()) {
    if (!line.trim().startsWith("//")) return false;
    if (line.trim() === `// ${words}`) return true;
  }
  return false;
}
