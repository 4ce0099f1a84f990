import { toClassic } from "./classic.js";
import { applyEdits, type Note } from "./edits.js";
import { toFunctions } from "./functions.js";
import { classicOf, type ServicePackage } from "./packages.js";
import { decode, parse } from "./source.js";

/** Migrate to the classic service object, or to the functions of the same package. */
export type Target = "classic" | "functions";

export interface Migrated {
  readonly before: string;
  readonly after: string;
  readonly notes: readonly Note[];
}

/**
 * Migrates a file from aws-sdk to generated packages: to their service objects, and from there to their functions.
 *
 * @throws SourceError for a file that is not UTF-8 or has a syntax error
 */
export function migrate(
  path: string,
  bytes: Uint8Array,
  packages: readonly ServicePackage[],
  target: Target,
): Migrated {
  const { mark, text } = decode(bytes);
  const notes: Note[] = [];
  let after = text;
  if (text.includes("aws-sdk")) {
    const step = toClassic(parse(path, text), packages);
    after = applyEdits(text, step.edits);
    notes.push(...step.notes);
  }
  if (target === "functions") {
    for (const each of packages.filter((candidate) => after.includes(classicOf(candidate)))) {
      const step = toFunctions(parse(path, after), each);
      after = applyEdits(after, step.edits);
      notes.push(...step.notes);
    }
  }
  return { before: mark + text, after: mark + after, notes };
}
