/**
 * `load-undici.ts` in a bundle. The transport of a runtime installed beside the bundle would share no state with it,
 * such as which errors belong to a deadline.
 */
export function loadUndici(): Promise<typeof import("./undici/index.js")> {
  return Promise.reject(new Error("A bundled program does not load undici"));
}

export function isNotInstalled(_error: unknown): boolean {
  return true;
}
