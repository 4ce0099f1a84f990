import { isAnyObject } from "../text/any-object.js";

/** The code of an error, or of the first of its causes that has one. Happy Eyeballs collects several errors in one. */
export function codeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && isAnyObject(current); depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if ("errors" in current && Array.isArray(current.errors)) current = current.errors[0];
    else current = "cause" in current ? current.cause : undefined;
  }
  return undefined;
}

/** Message of the innermost cause: `fetch` itself reports only that it failed. */
export function messageOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error && current.cause instanceof Error; depth++) {
    current = current.cause;
  }
  return current instanceof Error ? current.message : String(current);
}
