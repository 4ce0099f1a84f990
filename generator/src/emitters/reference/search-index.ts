import { type ShapeIr, summary } from "../../plugin.js";
import type { Site } from "./site.js";

/** Name, kind, path, summary, and names of members or values. */
type Entry = readonly [name: string, kind: string, path: string, summary: string, members: string];

/**
 * The script that search loads at its first use. A script, because pages that are opened from a disk can load no JSON.
 * Each entry has its line, so that a new model changes the lines that it concerns.
 */
export function searchIndex(site: Site): string {
  const { ir } = site;
  const entries: Entry[] = [
    ...ir.operations.map((operation): Entry => [
      site.functionOf(operation),
      "operation",
      site.operationPath(operation),
      summary(operation.facts.documentation),
      [
        ...[operation.input, operation.output].flatMap((shape) => (shape ? memberNames(shape) : [])),
        ...operation.waiters.map(({ name }) => ir.names.waiters.get(name) ?? name),
      ].join(" "),
    ]),
    ...[...ir.shapes.values()].map((shape): Entry => [
      site.typeOf(shape.id),
      "values" in shape ? "enum" : shape.type,
      site.shapePath(shape),
      summary(shape.facts.documentation),
      memberNames(shape).join(" "),
    ]),
    ...ir.errors.map((error): Entry => [
      site.errorName(error),
      "error",
      site.errorPath(error),
      summary(error.facts.documentation),
      memberNames(error).join(" "),
    ]),
  ];
  return `globalThis.referenceIndex = [\n${entries.map((entry) => JSON.stringify(entry)).join(",\n")}\n];\n`;
}

function memberNames(shape: ShapeIr): string[] {
  return "values" in shape ? shape.values.map(({ value }) => String(value)) : shape.members.map(({ name }) => name);
}
