/** Receives the log lines of a client: the `Logger` of `@smithy/types`, which `console` and most loggers implement. */
export interface Logger {
  trace?(...content: unknown[]): void;
  debug(...content: unknown[]): void;
  info(...content: unknown[]): void;
  warn(...content: unknown[]): void;
  error(...content: unknown[]): void;
}
