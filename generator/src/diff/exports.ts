import type { Change } from "./change.js";
import type { ServiceFacts } from "./facts.js";
import type { Comparing } from "./pair.js";

interface Export {
  readonly shapeId: string;
  /** What it is: the same name may mean something else in the new model. */
  readonly what: string;
}

/** Everything that the root of the package exports, by name. */
function exportsOf({ id, names, operations, errors, shapes }: ServiceFacts): ReadonlyMap<string, Export> {
  const found = new Map<string, Export>();
  const add = (what: string, shapeId: string, ...all: readonly string[]): void => {
    for (const name of all) found.set(name, { shapeId, what });
  };
  for (const [what, name] of Object.entries(names)) add(what, id, name);
  add("service constant", id, `${names["service"] ?? ""}$`);
  for (const [name, { id: shapeId, failure, pages, waiters }] of Object.entries(operations)) {
    add("operation", shapeId, name, `${name}$`);
    add("union of errors", shapeId, failure);
    add("paginator", shapeId, ...(pages ? [pages.function] : []));
    add("waiter", shapeId, ...Object.keys(waiters).flatMap((each) => [each, `${each}$`]));
  }
  for (const [name, { id: shapeId, members, validator }] of Object.entries(shapes)) {
    add(members ? "type" : "enum", shapeId, name, ...(members ? [`${name}$`] : []));
    add("validator", shapeId, ...(validator === undefined ? [] : [validator]));
  }
  for (const [name, { id: shapeId }] of Object.entries(errors)) add("error", shapeId, name);
  return found;
}

/** Kinds of change that account for every export of the shape that they name. */
const removals: ReadonlySet<string> = new Set(["operation-removed", "type-removed", "error-removed"]);

/** Exports that are gone and that no other change accounts for: one name made way for another. */
export function compareExports({ old, new: now, report }: Comparing, changes: readonly Change[]): void {
  const goneShapes = new Set(changes.filter(({ code }) => removals.has(code)).map(({ at }) => at.shapeId));
  const reported = new Set(
    changes.flatMap(({ code, subject, rename }) => [
      ...(code.endsWith("-removed") || code === "type-kind-changed" ? [subject, `${subject}$`] : []),
      ...(rename ? [rename.from, ...Object.keys(rename.others)] : []),
    ]),
  );
  const stays = exportsOf(now);
  for (const [name, { shapeId, what }] of exportsOf(old)) {
    const current = stays.get(name);
    if (current?.what === what || reported.has(name) || goneShapes.has(shapeId)) continue;
    report({
      code: "export-removed",
      subject: name,
      message: current
        ? `\`${name}\` is now the name of another export, before that of the ${what}.`
        : `The package no longer exports \`${name}\` (${what}).`,
      at: { side: "old", shapeId },
      types: "major",
    });
  }
}
