/**
 * `load-undici.ts` in a bundle: the transport of a runtime that is installed beside it would share no state with the one in the
 * bundle, such as which errors are those of a deadline.
 */
export function loadUndici(): Promise<typeof import("./undici/index.js")> {
  return Promise.reject(new Error("A bundled program does not load undici"));
}

export function isNotInstalled(_error: unknown): boolean {
  return true;
}
