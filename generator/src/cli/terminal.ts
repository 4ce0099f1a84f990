import picocolors from "picocolors";
import { type Diagnostic, formatDiagnostic, type Severity } from "../diagnostics.js";

export interface TextSink {
  write(text: string): unknown;
}

/** What a command uses besides files. */
export interface CliIo {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Base of relative paths. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether stderr is a terminal. Colours and progress are written to terminals only. */
  readonly isTTY: boolean;
  /** Whether stdout is one: a report is coloured there. */
  readonly isStdoutTTY?: boolean;
}

/** Diagnostics go to stderr, results to stdout. */
export interface Terminal {
  readonly result: (line: string) => void;
  readonly diagnose: (diagnostics: readonly Diagnostic[]) => void;
  readonly error: (message: string) => void;
  /** Writes a line that the next one replaces. Does nothing if stderr is not a terminal. */
  readonly progress: (line: string) => void;
}

export function terminal({ stdout, stderr, env, isTTY }: CliIo): Terminal {
  const colours = picocolors.createColors(isTTY && !env["NO_COLOR"]);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colours.red,
    warning: colours.yellow,
    note: colours.cyan,
  };
  let inProgress = false;
  const clear = (): void => {
    if (inProgress) stderr.write("\r\u001b[K");
    inProgress = false;
  };
  const complain = (text: string): void => {
    clear();
    stderr.write(`${text}\n`);
  };
  return {
    result: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    diagnose: (diagnostics) => {
      for (const diagnostic of diagnostics) complain(paint[diagnostic.severity](formatDiagnostic(diagnostic)));
    },
    error: (message) => complain(colours.red(message)),
    progress: (line) => {
      clear();
      if (!isTTY) return;
      stderr.write(line);
      inProgress = true;
    },
  };
}

/** `1 file`, `2 files`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
