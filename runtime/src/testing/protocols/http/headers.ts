import type { ReceivedRequest } from "../../../signing/verify.js";

/** The value of a header; several values are joined by `, `. */
export function headerOf({ headers }: ReceivedRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}
