/** `error`: the service is not generated. `warning`: a part is left out or unchecked. `note`: explains a choice. */
export type Severity = "error" | "warning" | "note";

/** A problem of a model, or a fact about how it is generated. */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable, in kebab case: `dangling-target`. */
  readonly code: string;
  /** What is wrong and what to do, in one or two sentences. */
  readonly message: string;
  readonly shapeId?: string;
  /** Location, as far as it is known. Line and column are 1-based. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Control and format characters, line and paragraph separators, surrogates. Includes bidirectional controls. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Escapes text from a model for a terminal, so that it cannot break the line, colour it or imitate a message. */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** `model.json:12:5 error dangling-target com.example#Foo$bar: …` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, shapeId, message } = diagnostic;
  // The generator's own messages may have several lines. Quoted model text is escaped already, the rest here.
  const shown = message.split("\n").map(escapeUnprintable).join("\n");
  const location = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${location ? `${location} ` : ""}${severity} ${code}${shapeId ? ` ${escapeUnprintable(shapeId)}` : ""}: ${shown}`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
