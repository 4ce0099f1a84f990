import { applyEdits, type Note } from "./edits.js";
import { toClassic } from "./classic.js";
import type { ServicePackage } from "./packages.js";
import { decode, parse } from "./source.js";

/** The service object in the style of aws-sdk 2, or the functions of the same package. */
export type Target = "classic" | "functions";

export interface Migrated {
  readonly before: string;
  readonly after: string;
  readonly notes: readonly Note[];
}

/**
 * Moves a file from aws-sdk to packages.
 *
 * @throws SourceError for a file that is not UTF-8 or has a syntax error
 */
export function migrate(
  path: string,
  bytes: Uint8Array,
  packages: readonly ServicePackage[],
  _target: Target,
): Migrated {
  const { mark, text } = decode(bytes);
  if (!text.includes("aws-sdk")) return { before: mark + text, after: mark + text, notes: [] };
  const { edits, notes } = toClassic(parse(path, text), packages);
  return { before: mark + text, after: mark + applyEdits(text, edits), notes };
}
