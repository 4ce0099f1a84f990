import { ts } from "ts-morph";
import { isStatement } from "../../migrate/source.js";
import type { Change } from "../change.js";
import { type MemoryClient, ownFiles, programWith, type Project } from "./client-program.js";

/** A line of the caller's program that the new client breaks. */
export interface BrokenLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** The compiler's message. */
  readonly message: string;
  /** The change that caused it; undefined if no name identifies it. */
  readonly cause: Change | undefined;
}

/** All errors of the project with the new client that it does not have with the old one. */
export function brokenLines(
  project: Project,
  old: ts.Program,
  now: MemoryClient,
  changes: readonly Change[],
): BrokenLine[] {
  const before = new Set(findings(old, project, now).map(keyOf));
  return findings(programWith(project, now), project, now)
    .filter((finding) => !before.has(keyOf(finding)))
    .map(({ file, start, message }) => {
      const { line, character } = file.getLineAndCharacterOfPosition(start);
      const [from = 0, to = file.text.length] = [file.getLineStarts()[line], file.getLineStarts()[line + 1]];
      const text = file.text.slice(from, to).trim();
      const cause = causeOf(namesAt(file, start), message, changes);
      return { file: file.fileName, line: line + 1, column: character + 1, text, message, cause };
    });
}

interface Finding {
  readonly file: ts.SourceFile;
  readonly start: number;
  readonly message: string;
}

function findings(program: ts.Program, project: Project, { packageName }: MemoryClient): Finding[] {
  return ownFiles(program, project, packageName).flatMap((file) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText }) => ({
        file,
        start,
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
      }),
    ),
  );
}

function keyOf({ file, start, message }: Finding): string {
  return `${file.fileName}:${start}:${message}`;
}

/** Names around a finding, and those of its statement. */
function namesAt(file: ts.SourceFile, start: number): string[] {
  const words: string[] = [];
  let statement: ts.Node | undefined;
  const collect = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteral(node)) words.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (start < node.getStart(file) || start >= node.getEnd()) return;
    if (isStatement(node) && !ts.isBlock(node)) statement = node;
    ts.forEachChild(node, visit);
    collect(node);
  };
  const visitAll = (node: ts.Node): void => {
    collect(node);
    ts.forEachChild(node, visitAll);
  };
  ts.forEachChild(file, visit);
  if (statement) visitAll(statement);
  return words;
}

/** The change that has most of its names in the finding and around it. */
function causeOf(words: readonly string[], message: string, changes: readonly Change[]): Change | undefined {
  const mentioned = new Set([...words, ...(message.match(/[\w$]+/g) ?? [])]);
  let best: { readonly change: Change; readonly score: number } | undefined;
  for (const change of changes) {
    if (change.types !== "major") continue;
    const names = namesOf(change);
    const last = names.at(-1) ?? "";
    // The member must be among them: a type's name alone is not enough.
    if (!mentioned.has(last)) continue;
    const distance = words.indexOf(last);
    const nearness = distance < 0 ? 0 : 1 + 1 / (1 + distance);
    const score = names.filter((name) => mentioned.has(name)).length / names.length + nearness;
    if (!best || score > best.score) best = { change, score };
  }
  return best?.change;
}

function namesOf({ subject, rename }: Change): string[] {
  const [name = ""] = subject.split(" ");
  const own = name.split(/[.[\]{}]+/).filter((part) => part !== "");
  return rename?.kind === "operation" ? [rename.from] : own;
}
