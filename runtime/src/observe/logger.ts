/** Takes the lines that a client writes: the `Logger` of `@smithy/types`, which `console` and most loggers fit. */
export interface Logger {
  trace?(...content: unknown[]): void;
  debug(...content: unknown[]): void;
  info(...content: unknown[]): void;
  warn(...content: unknown[]): void;
  error(...content: unknown[]): void;
}
