/** `error` stops the service, `warning` leaves a part out or unchecked, `note` explains a choice. */
export type Severity = "error" | "warning" | "note";

/** One thing to know about a model, from whichever phase found it. */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable, in kebab case: `dangling-target`. */
  readonly code: string;
  /** What is wrong and what to do, in a sentence or two. */
  readonly message: string;
  readonly shapeId?: string;
  /** Where, as far as known; 1-based. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Control characters, line ends of every kind, and the invisible ones that turn the direction of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text of the model for a terminal: it must not end the line, colour it or pass for a message. */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** `model.json:12:5 error dangling-target com.example#Foo$bar: …` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, shapeId, message } = diagnostic;
  // The generator's own messages may have several lines; what a model holds was escaped by who quoted it, or is here.
  const shown = message.split("\n").map(escapeUnprintable).join("\n");
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place ? `${place} ` : ""}${severity} ${code}${shapeId ? ` ${escapeUnprintable(shapeId)}` : ""}: ${shown}`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
