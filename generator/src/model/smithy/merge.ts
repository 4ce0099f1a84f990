import { sameJson } from "../source/json.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import type { SourceLocation } from "../source/source.js";
import type { RawShapes } from "./read-shapes.js";
import type { Json } from "../source/json.js";

/** The content of one file, as JSON AST. */
export interface Part {
  readonly raw: RawShapes;
  readonly shapes: Json;
  readonly metadata: readonly MetadataEntry[];
}

export interface MetadataEntry {
  readonly key: string;
  readonly value: unknown;
  readonly location: SourceLocation;
}

/**
 * Makes one model of several files. A shape may be defined in more than one of them, if alike.
 *
 * @see https://smithy.io/2.0/spec/model.html#merging-models
 */
export function mergeShapes(parts: readonly Part[], report: Report): RawShapes | undefined {
  const [first, ...others] = parts;
  if (!first) return undefined;
  const definitions = new Map(Object.entries(first.shapes));
  const shapes = new Map(first.raw.shapes);
  for (const { raw, shapes: json } of others) {
    for (const [id, shape] of raw.shapes) {
      if (!definitions.has(id)) shapes.set(id, shape);
      else if (!sameJson(definitions.get(id), json[id])) {
        const message = `${id} has a different definition in another file. Rename one of the two shapes.`;
        report.add({ code: "duplicate-shape", message, shapeId: id, location: shape.location });
      }
    }
    for (const [id, definition] of Object.entries(json)) if (!definitions.has(id)) definitions.set(id, definition);
  }
  return {
    shapes,
    patches: parts.flatMap(({ raw }) => raw.patches),
    declared: new Set(parts.flatMap(({ raw }) => [...raw.declared])),
    location: first.raw.location,
  };
}

/** Lists of several files are joined; of anything else, all values must be equal. */
export function mergeMetadata(entries: readonly MetadataEntry[], report: Report): Record<string, unknown> {
  const merged = new Map<string, unknown>();
  for (const { key, value, location } of entries) {
    const known = merged.get(key);
    if (!merged.has(key)) merged.set(key, value);
    else if (Array.isArray(known) && Array.isArray(value)) {
      merged.set(key, [...(known as unknown[]), ...(value as unknown[])]);
    } else if (!sameJson(known, value)) {
      const message = `The metadata ${quote(key)} has two different values. Remove one of them.`;
      report.add({ code: "metadata-conflict", message, location });
    }
  }
  return Object.fromEntries(merged);
}
