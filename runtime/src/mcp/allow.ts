import { nearest } from "../text/nearest.js";

/** Whether a name matches one of the patterns, in which `*` matches any letters. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`));
    return new RegExp(`^${parts.join(".*")}$`).test(name);
  });
}

/** Why a pattern allows nothing. Undefined if it matches the name of an operation. */
export function patternProblem(pattern: string, names: readonly string[]): string | undefined {
  if (names.some((name) => matchesAny(name, [pattern]))) return undefined;
  const near = nearest(pattern, names);
  return `No operation is named ${pattern}.${near === undefined ? "" : ` Did you mean ${near}?`}`;
}
