const reported = new WeakSet<object>();

/**
 * Reports a failed observer as a warning of the process, once per observer. Observers must not change the outcome of a
 * call, and their failures must be visible.
 *
 * @param observer the function or object that failed
 */
export function observerFailed(what: string, observer: object, error: unknown): void {
  if (reported.has(observer)) return;
  reported.add(observer);
  const message = `${what} failed, which does not affect the call: ${error instanceof Error ? error.stack : String(error)}`;
  // Browsers and workers have no `process`.
  const { process } = globalThis as { readonly process?: Partial<Pick<NodeJS.Process, "emitWarning">> };
  if (process?.emitWarning) process.emitWarning(message, "ClientsmithWarning");
  else console.warn(message);
}
