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

/** `model.json:12:5 error dangling-target com.example#Foo$bar: …` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, shapeId, message } = diagnostic;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place ? `${place} ` : ""}${severity} ${code}${shapeId ? ` ${shapeId}` : ""}: ${message}`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
