import { type Diagnostic, hasErrors } from "../../diagnostics.js";
import { readFrame } from "../smithy/frame.js";
import { mergeMetadata, type MetadataEntry } from "../smithy/merge.js";
import { parseJson } from "../smithy/parse.js";
import { isJsonObject, type Json, sameJson } from "../source/json.js";
import { quote } from "../source/quote.js";
import { Report } from "../source/report.js";
import { inside, type SourceLocation, type Source, withoutMark } from "../source/source.js";
import { fixedMembers } from "./members.js";
import { isIdl, parseIdl } from "./parse-idl.js";
import { Locations } from "./locations.js";
import { readResolved } from "./read.js";
import { type ResolvedFile, resolveFiles } from "./resolve.js";
import { Scanner } from "./scanner.js";
import { readValue } from "./values.js";

/** A model in JSON AST, as written in its files: mixins not applied, nothing upgraded, every digit kept. */
export interface Ast {
  readonly smithy: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, unknown>>;
}

/** The content of one file. */
interface Part {
  readonly isVersion1: boolean;
  readonly metadata: readonly MetadataEntry[];
  readonly shapes: readonly Definition[];
}

interface Definition {
  readonly id: string;
  readonly json: unknown;
  readonly location: SourceLocation;
}

/**
 * Reads files of IDL and JSON AST as one model in JSON AST. Names are resolved and the syntax is checked; `readModel`
 * checks the model.
 */
export function readAst(given: readonly Source[]): { readonly ast?: Ast; readonly diagnostics: readonly Diagnostic[] } {
  const sources = given.map(withoutMark);
  const report = new Report(sources);
  const ast = merge(sources, report);
  const diagnostics = report.diagnostics();
  return ast && !hasErrors(diagnostics) ? { ast, diagnostics } : { diagnostics };
}

function merge(sources: readonly Source[], report: Report): Ast | undefined {
  const json = sources.filter((source) => !isIdl(source)).map((source) => readJson(source, report));
  const idl = sources.filter(isIdl).map((source) => parseIdl(source, report, true));
  const read = json.filter((part) => part !== undefined);
  if (read.length < json.length) return undefined;
  const others = new Map(read.flatMap(({ shapes }) => shapes.map(({ id, json: shape }) => [id, shape] as const)));
  const resolved = resolveFiles(idl, others, report).map((file) => partOf(file, report));
  const parts = [...resolved, ...read];
  const isVersion1 = parts.every((part) => part.isVersion1);
  const other = parts.find((part) => part.isVersion1 !== isVersion1);
  const [source] = sources;
  if (source && other) {
    const message = "Some of the files are Smithy 1.0, others 2.0. Convert them separately, or move all to 2.0.";
    report.add({ code: "mixed-versions", message, location: { source, offset: 0 } });
  }
  const metadata = mergeMetadata(
    parts.flatMap((part) => part.metadata),
    report,
  );
  return { smithy: isVersion1 ? "1.0" : "2.0", metadata, shapes: mergeDefinitions(parts, report) };
}

function readJson(source: Source, report: Report): Part | undefined {
  const whole = { source, path: [] };
  const parsed = parseJson(source, report);
  const frame = parsed && readFrame(parsed.value, whole, report);
  if (!frame) return undefined;
  const { shapes = {}, metadata = {} } = report.hasErrors ? frame : exactly(source);
  return {
    isVersion1: frame.isVersion1,
    metadata: Object.entries(metadata).map(([key, value]) => ({
      key,
      value,
      location: inside(whole, "metadata", key),
    })),
    shapes: Object.entries(shapes).map(([id, json]) => ({ id, json, location: inside(whole, "shapes", id) })),
  };
}

/** A sound JSON file by the reader of IDL, of which JSON is a part: it keeps digits that `JSON.parse` has no room for. */
function exactly({ text }: Source): Partial<Record<"shapes" | "metadata", Json>> {
  const holder: Record<string, unknown> = {};
  const scanner = new Scanner(text);
  scanner.skipWhitespace();
  readValue({ scanner, locations: new Locations(), references: [], isExact: true }, holder, "value");
  return holder["value"] as Json;
}

function partOf(resolved: ResolvedFile, report: Report): Part {
  const { file, shapes, applied } = resolved;
  const { source, isVersion1 } = file;
  return {
    isVersion1,
    metadata: readResolved(resolved, report).metadata,
    shapes: [
      ...Object.entries(shapes).map(([id, json]) => ({ id, json, location: { source, path: ["shapes", id] } })),
      ...applied.map(({ id, traits }, index) => ({
        id,
        json: { type: "apply", traits },
        location: { source, path: ["applied", index] },
      })),
    ],
  };
}

/** One definition a shape; what is applied is with what it is applied to, unless that comes from a mixin. */
function mergeDefinitions(parts: readonly Part[], report: Report): Record<string, unknown> {
  const all = parts.flatMap(({ shapes }) => shapes);
  const shapes = new Map<string, unknown>();
  for (const { id, json, location } of all) {
    if (isApply(json)) continue;
    if (!shapes.has(id)) shapes.set(id, json);
    else if (!sameJson(shapes.get(id), json)) {
      const message = `${quote(id)} has a different definition in another file. Rename one of the two shapes.`;
      report.add({ code: "duplicate-shape", message, shapeId: id, location });
    }
  }
  for (const { id, json, location } of all) {
    if (!isApply(json)) continue;
    const owner = ownerOf(id, shapes);
    if (owner) applyTo(owner, json, id, location, report);
    else shapes.set(id, json);
  }
  return Object.fromEntries(shapes);
}

function isApply(json: unknown): json is Json {
  return isJsonObject(json) && json["type"] === "apply";
}

/** The shape or member of that id, or what else is applied to it. */
function ownerOf(id: string, shapes: ReadonlyMap<string, unknown>): Record<string, unknown> | undefined {
  const [shapeId = "", member] = id.split("$");
  const shape = shapes.get(shapeId);
  const members = isJsonObject(shape)
    ? fixedMembers.has(String(shape["type"]))
      ? shape
      : shape["members"]
    : undefined;
  const own =
    member !== undefined && isJsonObject(members) && Object.hasOwn(members, member) ? members[member] : undefined;
  const owner = own ?? shapes.get(id);
  return isJsonObject(owner) ? (owner as Record<string, unknown>) : undefined;
}

function applyTo(
  owner: Record<string, unknown>,
  json: Json,
  id: string,
  location: SourceLocation,
  report: Report,
): void {
  const traits = new Map(Object.entries((owner["traits"] ?? {}) as Json));
  for (const [trait, value] of Object.entries((json["traits"] ?? {}) as Json)) {
    const known = traits.get(trait);
    if (!traits.has(trait)) traits.set(trait, value);
    else if (Array.isArray(known) && Array.isArray(value)) {
      traits.set(trait, [...(known as unknown[]), ...(value as unknown[])]);
    } else if (!sameJson(known, value)) {
      const message = `${quote(trait)} is applied to ${quote(id)}, which has it with another value. Remove one of the two.`;
      report.add({ code: "trait-conflict", message, shapeId: id, location });
    }
  }
  owner["traits"] = Object.fromEntries(traits);
}
