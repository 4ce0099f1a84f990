/** Invalid command line. Reported with a pointer to the help, with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A parsed command line. */
export interface Invocation {
  readonly help: boolean;
  readonly version: boolean;
  readonly models: readonly string[];
  /** Value of an option. Undefined if it is absent. */
  readonly value: (name: string) => string | undefined;
  readonly values: (name: string) => readonly string[];
  readonly has: (name: string) => boolean;
}
