import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  parse,
  type ParseError,
  parseTree,
  printParseErrorCode,
  visit,
} from "jsonc-parser";
import type { Diagnostic, Severity } from "../diagnostics.js";

/** A file as it was read, and how problems in it are placed. */
export interface Source {
  /** As the caller names it. */
  readonly file: string;
  readonly text: string;
}

/** A problem, placed by its path in the JSON text. */
export interface Problem {
  readonly severity?: Severity;
  readonly code: string;
  readonly message: string;
  readonly shapeId?: string | undefined;
  readonly path: JSONPath;
}

/** Collects the problems of one file. Lines are looked up only if there is a problem to place. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  readonly source: Source;
  #tree: Node | undefined;

  constructor(source: Source) {
    this.source = source;
  }

  report({ severity = "error", code, message, shapeId, path }: Problem): void {
    this.#tree ??= parseTree(this.source.text);
    const offset = this.#offsetOf(path);
    this.diagnostics.push({
      severity,
      code,
      message,
      ...(shapeId !== undefined && { shapeId }),
      file: this.source.file,
      ...(offset !== undefined && position(this.source.text, offset)),
    });
  }

  /** Where the value at a path, or the nearest thing around it that is there, stands. A member stands where its name does. */
  #offsetOf(path: JSONPath): number | undefined {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#tree && findNodeAtLocation(this.#tree, path.slice(0, length));
      if (node) return (node.parent?.type === "property" ? node.parent : node).offset;
    }
    return undefined;
  }
}

/** Gives diagnostics of later phases, which know the shape only, their place in the file. */
export function placeDiagnostics(source: Source, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  let tree: Node | undefined;
  return diagnostics.map((diagnostic) => {
    const { shapeId, line, file = source.file } = diagnostic;
    if (shapeId === undefined || line !== undefined || file !== source.file) return diagnostic;
    tree ??= parseTree(source.text);
    const [shape = "", member = ""] = shapeId.split("$");
    const owner = tree && findNodeAtLocation(tree, ["shapes", shape]);
    const node =
      owner && (findNodeAtLocation(owner, ["members", member]) ?? findNodeAtLocation(owner, [member]) ?? owner);
    return node?.parent ? { ...diagnostic, file, ...position(source.text, node.parent.offset) } : diagnostic;
  });
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** The file as JSON; undefined, with every syntax error as a diagnostic, where it is none. */
export function parseSource(
  source: Source,
): { value: unknown; diagnostics: Diagnostic[] } | { diagnostics: Diagnostic[] } {
  const text = source.text.startsWith("\uFEFF") ? source.text.slice(1) : source.text;
  try {
    return { value: JSON.parse(text) as unknown, diagnostics: duplicateKeys(source) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { diagnostics: syntaxErrors(source) };
  }
}

const syntaxMessages: Readonly<Record<string, string>> = {
  InvalidSymbol: "a word that JSON does not know",
  InvalidNumberFormat: "a number that JSON does not allow",
  PropertyNameExpected: "a property name in double quotes is expected here",
  ValueExpected: "a value is expected here",
  ColonExpected: "a colon is expected here",
  CommaExpected: "a comma is expected here",
  CloseBraceExpected: "a closing brace is expected here",
  CloseBracketExpected: "a closing bracket is expected here",
  EndOfFileExpected: "the file should end here",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "the string does not end on its line",
  UnexpectedEndOfNumber: "the number breaks off",
  InvalidUnicode: "an escape that is no Unicode character",
  InvalidEscapeCharacter: "an escape that JSON does not know",
  InvalidCharacter: "a control character, which JSON wants escaped",
};

function syntaxErrors(source: Source): Diagnostic[] {
  const errors: ParseError[] = [];
  parse(source.text, errors, { disallowComments: true, allowTrailingComma: false });
  const found = errors.map(({ error, offset }): Diagnostic => {
    const name = printParseErrorCode(error);
    return {
      severity: "error",
      code: "not-json",
      message: `The file is not JSON: ${syntaxMessages[name] ?? name}.`,
      file: source.file,
      ...position(source.text, offset),
    };
  });
  if (found.length > 0) return found;
  return [
    { severity: "error", code: "not-json", message: "The file is not JSON.", file: source.file, line: 1, column: 1 },
  ];
}

/** Keys that stand twice in one object: JSON keeps the last one silently, and half a model may be lost. */
function duplicateKeys(source: Source): Diagnostic[] {
  const found: Diagnostic[] = [];
  const open: Set<string>[] = [];
  visit(source.text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name, offset) => {
      const keys = open.at(-1);
      if (keys?.has(name)) {
        found.push({
          severity: "error",
          code: "duplicate-key",
          message: `The key ${JSON.stringify(name)} stands twice in the same object; only one of the two would count.`,
          file: source.file,
          ...position(source.text, offset),
        });
      }
      keys?.add(name);
    },
  });
  return found;
}
