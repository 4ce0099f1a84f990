import { normalizeEscapes } from "./escape.js";

/**
 * The query as it is signed: each name and value percent-encoded once, sorted by name, then by value, in the order of
 * their code points; a name without `=` gets one. The signature itself is never signed.
 */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs: (readonly [name: string, value: string])[] = [];
  for (const piece of query.split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    const name = normalizeEscapes(equals === -1 ? piece : piece.slice(0, equals));
    if (name === "X-Amz-Signature") continue;
    pairs.push([name, equals === -1 ? "" : normalizeEscapes(piece.slice(equals + 1))]);
  }
  pairs.sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/** Not `localeCompare`: the order is that of the encoded bytes. */
function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
