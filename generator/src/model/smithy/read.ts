import { createHash } from "node:crypto";
import { isApi2, originOf, type PathPlaced, readApi2 } from "../api2/index.js";
import { type Diagnostic, hasErrors } from "../../diagnostics.js";
import { buildShape } from "./build.js";
import { checkModel } from "../validate/index.js";
import { keepDefaultDigits } from "./exact-defaults.js";
import { readFrame } from "./frame.js";
import { freezeJson } from "../source/json.js";
import { membersOf } from "./members.js";
import { applyMixins, isMixin } from "./mixins.js";
import type { Model, Shape, ShapeId } from "../model.js";
import { readOverlay } from "./overlay.js";
import { parseJson } from "./parse.js";
import { prelude } from "./prelude.js";
import { readShapes } from "./read-shapes.js";
import { Report } from "../source/report.js";
import { inside, type PathPlace, type Source, withoutMark } from "../source/source.js";
import { upgrade } from "./upgrade.js";

export interface ReadOptions {
  /** Files beside an api-2 description that hold its paginators and waiters; with a Smithy model they are not read. */
  readonly companions?: readonly Source[] | undefined;
  /** Corrections, laid over the model in their order; {@link readOverlay} has their form. */
  readonly overlays?: readonly Source[] | undefined;
}

export interface ReadResult {
  /** Undefined where a diagnostic is an error. */
  readonly model?: Model;
  /** Every problem of the model and its overlays, in the order of the files and of their texts. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a Smithy model in JSON AST (1.0 or 2.0), or an AWS api-2 description, mixins and overlays applied, and checks it. Pure. Whatever the text,
 * the answer is a model or diagnostics; nothing is thrown.
 *
 * @see https://smithy.io/2.0/spec/json-ast.html
 */
export function readModel(source: Source, { overlays = [], companions = [] }: ReadOptions = {}): ReadResult {
  const main = withoutMark(source);
  const others = overlays.map(withoutMark);
  const beside = companions.map(withoutMark);
  const report = new Report([main, ...beside, ...others]);
  const read = readAndCheck(main, others, beside, report);
  const diagnostics = report.diagnostics();
  if (!read || hasErrors(diagnostics)) return { diagnostics };
  const sources = [source, ...(read.origins ? companions : []), ...overlays];
  return { model: Object.freeze({ file: source.file, hash: hashOf(sources), ...read }), diagnostics };
}

function readAndCheck(
  source: Source,
  overlays: readonly Source[],
  companions: readonly Source[],
  report: Report,
): Pick<Model, "metadata" | "shapes" | "origins"> | undefined {
  const whole: PathPlace = { source, path: [] };
  const parsed = parseJson(source, report);
  const api2 =
    parsed && isApi2(parsed.value) ? readApi2(parsed.value, whole, parsedAll(companions, report), report) : undefined;
  if (api2) report.translate(source, (path) => originOf(path, api2.origins));
  const frame = parsed && readFrame(api2 ? api2.model : parsed.value, whole, report);
  const corrections = overlays.flatMap((overlay) => readOverlay(overlay, report));
  if (!frame) return undefined;

  const raw = readShapes(frame.shapes, inside(whole, "shapes"), report);
  applyMixins(raw, [...raw.patches, ...corrections], report);
  if (frame.isVersion1) upgrade(raw.shapes);
  keepDefaultDigits(raw.shapes);
  const shapes = new Map<ShapeId, Shape>();
  for (const shape of raw.shapes.values()) {
    const built = buildShape(shape, report);
    if (built) shapes.set(shape.id, built);
  }
  checkModel(raw, shapes, report);

  // A mixin is only a way to write a model; what it gave has been copied.
  for (const shape of raw.shapes.values()) if (isMixin(shape)) shapes.delete(shape.id);
  return {
    metadata: freezeJson(frame.metadata),
    shapes: new Map([...shapes, ...usedPrelude(shapes)]),
    ...(api2 && { origins: api2.origins }),
  };
}

function parsedAll(sources: readonly Source[], report: Report): PathPlaced[] {
  return sources.flatMap((source) => {
    const parsed = parseJson(source, report);
    return parsed ? [{ value: parsed.value, place: { source, path: [] } }] : [];
  });
}

/** Line ends count as one character, so that a checkout that turns them into two has the same model. */
function hashOf(sources: readonly Source[]): string {
  const hash = createHash("sha256");
  for (const { text } of sources) hash.update(text.replaceAll("\r\n", "\n"));
  return hash.digest("hex");
}

/** Prelude shapes that the model targets, by name. */
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
