import { createHash } from "node:crypto";
import { isApi2, originOf, type Origins, type PathPlaced, readApi2 } from "../api2/index.js";
import { type Diagnostic, hasErrors } from "../../diagnostics.js";
import { buildShape } from "./build.js";
import { checkModel } from "../validate/index.js";
import { type Draft, draftOf } from "./draft.js";
import { keepDefaultDigits } from "./exact-defaults.js";
import { readFrame } from "./frame.js";
import { isIdl, parseIdl } from "../idl/parse-idl.js";
import { readResolved } from "../idl/read.js";
import { resolveFiles } from "../idl/resolve.js";
import { freezeJson } from "../source/json.js";
import { locateDiagnostics } from "../source/locate.js";
import { membersOf } from "./members.js";
import { mergeMetadata, mergeShapes, type Part } from "./merge.js";
import { applyMixins } from "./mixins.js";
import { isMixin } from "./raw.js";
import type { Model, Shape, ShapeId } from "../model.js";
import { readOverlay } from "./overlay.js";
import { parseJson } from "./parse.js";
import { prelude } from "./prelude.js";
import { readShapes } from "./read-shapes.js";
import { Report } from "../source/report.js";
import { inside, type PathLocation, type Source, withoutMark } from "../source/source.js";
import { upgrade } from "./upgrade.js";

export interface ReadOptions {
  /** Files with the paginators and waiters of an api-2 description. Not read for a Smithy model. */
  readonly companions?: readonly Source[] | undefined;
  /** Corrections, applied to the model in this order. See {@link readOverlay} for their form. */
  readonly overlays?: readonly Source[] | undefined;
}

export interface ReadResult {
  /** Undefined if a diagnostic is an error. */
  readonly model?: Model;
  /** What could be read in spite of errors, to find those of later phases. */
  readonly draft?: Draft;
  /** All problems of the model and its overlays, in the order of the files and of the locations in them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Adds to diagnostics of later phases, which know the shape only, their location in the model's files. */
  readonly place: (diagnostics: readonly Diagnostic[]) => Diagnostic[];
}

/**
 * Reads a Smithy model in JSON AST or IDL (1.0 or 2.0), of one file or several, or an AWS api-2 description, mixins and
 * overlays applied, and checks it. Pure. Whatever the text, the outcome is a model or diagnostics; nothing is thrown.
 *
 * @see https://smithy.io/2.0/spec/json-ast.html
 * @see https://smithy.io/2.0/spec/idl.html
 */
export function readModel(
  given: Source | readonly Source[],
  { overlays = [], companions = [] }: ReadOptions = {},
): ReadResult {
  const sources = "file" in given ? [given] : given;
  const files = sources.map(withoutMark);
  const others = overlays.map(withoutMark);
  const beside = companions.map(withoutMark);
  const report = new Report([...files, ...beside, ...others]);
  const read = readAndCheck(files, others, beside, report);
  const diagnostics = report.diagnostics();
  const place = (found: readonly Diagnostic[]): Diagnostic[] =>
    locateDiagnostics(
      files.map((file) => report.locator(file)),
      found,
      read?.origins,
    );
  if (!read) return { diagnostics, place };
  const { metadata, shapes, origins } = read;
  const hash = hashOf([...sources, ...(origins ? companions : []), ...overlays]);
  const model = Object.freeze({ file: files[0]?.file ?? "", hash, metadata, shapes });
  return { ...(hasErrors(diagnostics) ? { draft: draftOf(model) } : { model }), diagnostics, place };
}

interface Read extends Pick<Model, "metadata" | "shapes"> {
  /** Of a description that is no Smithy model. */
  readonly origins?: Origins;
}

function readAndCheck(
  sources: readonly Source[],
  overlays: readonly Source[],
  companions: readonly Source[],
  report: Report,
): Read | undefined {
  const [first] = sources;
  if (!first) return undefined;
  const parsed = parseAll(sources, companions, report);
  const corrections = overlays.flatMap((overlay) => readOverlay(overlay, report));
  const raw = parsed && mergeShapes(parsed.parts, report);
  if (!parsed || !raw) return undefined;

  const metadata = mergeMetadata(
    parsed.parts.flatMap((part) => part.metadata),
    report,
  );
  applyMixins(raw, [...raw.patches, ...corrections], report);
  upgrade(raw.shapes, parsed.version1);
  keepDefaultDigits(raw.shapes, report);
  const shapes = new Map<ShapeId, Shape>();
  for (const shape of raw.shapes.values()) {
    const built = buildShape(shape, report);
    if (built) shapes.set(shape.id, built);
  }
  checkModel(raw, shapes, report);

  // Mixins have been copied into the shapes that use them.
  for (const shape of raw.shapes.values()) if (isMixin(shape)) shapes.delete(shape.id);
  return {
    metadata: freezeJson(metadata),
    shapes: new Map([...shapes, ...usedPrelude(shapes)]),
    ...(parsed.origins && { origins: parsed.origins }),
  };
}

interface Parsed {
  readonly parts: readonly Part[];
  /** The files of version 1.0, whose shapes have to be upgraded. */
  readonly version1: ReadonlySet<Source>;
  readonly origins?: Origins;
}

/** The content of the files; undefined, with a report, if one of those in JSON is not a model. */
function parseAll(sources: readonly Source[], companions: readonly Source[], report: Report): Parsed | undefined {
  const idl = sources.filter(isIdl).map((source) => parseIdl(source, report));
  const json = sources
    .filter((source) => !isIdl(source))
    .map((source) => readJson(source, sources.length > 1 ? undefined : companions, report));
  const whole = json.filter((each) => each !== undefined);
  if (whole.length < json.length) return undefined;
  const version1 = new Set([
    ...idl.filter((file) => file.isVersion1).map(({ source }) => source),
    ...whole.filter(({ isVersion1 }) => isVersion1).map(({ source }) => source),
  ]);
  const others = new Map(whole.flatMap(({ part }) => Object.entries(part.shapes)));
  const parts = new Map([
    ...whole.map(({ source, part }) => [source, part] as const),
    ...resolveFiles(idl, others, report).map(
      (resolved) => [resolved.file.source, readResolved(resolved, report)] as const,
    ),
  ]);
  const origins = whole[0]?.origins;
  return { parts: sources.flatMap((source) => parts.get(source) ?? []), version1, ...(origins && { origins }) };
}

interface JsonFile {
  readonly source: Source;
  readonly part: Part;
  readonly isVersion1: boolean;
  readonly origins?: Origins;
}

/** Reads a model in JSON AST or, where it is the only file and so may have companions, an api-2 description. */
function readJson(source: Source, companions: readonly Source[] | undefined, report: Report): JsonFile | undefined {
  const whole: PathLocation = { source, path: [] };
  const parsed = parseJson(source, report);
  const api2 =
    parsed && companions && isApi2(parsed.value)
      ? readApi2(parsed.value, whole, parsedAll(companions, report), report)
      : undefined;
  if (parsed && !companions && isApi2(parsed.value)) {
    const message = "An AWS api-2 description is a model of its own: read it without other files.";
    report.add({ code: "not-smithy", message, location: whole });
    return undefined;
  }
  if (api2) report.translate(source, (path) => originOf(path, api2.origins));
  const frame = parsed && readFrame(api2 ? api2.model : parsed.value, whole, report);
  if (!frame) return undefined;
  const { shapes, metadata, isVersion1 } = frame;
  const entries = Object.entries(metadata).map(([key, value]) => ({
    key,
    value,
    location: inside(whole, "metadata", key),
  }));
  const part = { raw: readShapes(shapes, inside(whole, "shapes"), report), shapes, metadata: entries };
  return { source, part, isVersion1, ...(api2 && { origins: api2.origins }) };
}

function parsedAll(sources: readonly Source[], report: Report): PathPlaced[] {
  return sources.flatMap((source) => {
    const parsed = parseJson(source, report);
    return parsed ? [{ value: parsed.value, location: { source, path: [] } }] : [];
  });
}

/** CRLF counts as LF, so that a checkout that converts line ends has the same hash. */
function hashOf(sources: readonly Source[]): string {
  const hash = createHash("sha256");
  for (const { text } of sources) hash.update(text.replaceAll("\r\n", "\n"));
  return hash.digest("hex");
}

/** Prelude shapes that the model targets, sorted by name. */
function usedPrelude(shapes: ReadonlyMap<ShapeId, Shape>): Map<ShapeId, Shape> {
  const used = new Map<ShapeId, Shape>();
  const use = (id: ShapeId): void => {
    const shape = shapes.has(id) ? undefined : prelude.get(id);
    if (shape) used.set(id, shape);
  };
  for (const shape of shapes.values()) {
    if (shape.type === "operation") [shape.input, shape.output].forEach(use);
    for (const member of membersOf(shape)) use(member.target);
  }
  return new Map([...used].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
