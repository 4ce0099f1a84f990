import { unreadable } from "../read/reject.js";

/** Decoded values by decoded name. */
export type QueryValues = ReadonlyMap<string, readonly string[]>;

/** Parses a query or a form; a name without `=` has an empty value. */
export function parseQuery(query: string): QueryValues {
  const values = new Map<string, string[]>();
  for (const piece of query.split("&")) {
    if (piece === "") continue;
    const [name = "", value = ""] = piece.split(/=(.*)/s).map((text) => decodePercent(text.replaceAll("+", " ")));
    const found = values.get(name);
    if (found) found.push(value);
    else values.set(name, [value]);
  }
  return values;
}

export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable(`${JSON.stringify(text)} is not percent-encoded UTF-8`);
  }
}
