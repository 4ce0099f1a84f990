const told = new WeakSet<object>();

/**
 * Tells, once for each observer, that it failed: what only looks on decides nothing about the call, but should not fail
 * unseen either.
 *
 * @param observer the function or object that failed
 */
export function observerFailed(what: string, observer: object, error: unknown): void {
  if (told.has(observer)) return;
  told.add(observer);
  const message = `${what} failed, which changes nothing for the call: ${error instanceof Error ? error.stack : String(error)}`;
  // There is no process in browsers and workers.
  const { process } = globalThis as { readonly process?: Partial<Pick<NodeJS.Process, "emitWarning">> };
  if (process?.emitWarning) process.emitWarning(message, "ClientsmithWarning");
  else console.warn(message);
}
