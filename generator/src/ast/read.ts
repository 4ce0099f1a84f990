import { createHash } from "node:crypto";
import type { Diagnostic } from "../diagnostics.js";
import { hasErrors } from "../diagnostics.js";
import { buildShape } from "./build.js";
import { checkModel } from "./check.js";
import { applyMixins } from "./mixins.js";
import type { Model, Shape, ShapeId } from "./model.js";
import { applyOverlay } from "./overlay.js";
import { prelude } from "./prelude.js";
import { isJsonObject, type Json, readRawShapes, type Report } from "./raw.js";
import { parseSource, Reporter, type Source } from "./source.js";

export interface ReadOptions {
  /** Corrections, laid over the model in their order. */
  readonly overlays?: readonly Source[] | undefined;
}

export interface ReadResult {
  /** Undefined where a diagnostic is an error. */
  readonly model?: Model;
  /** Every problem of the file, in its order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a Smithy model in JSON AST (1.0 or 2.0), mixins and overlays applied, and checks it. Pure.
 *
 * @see https://smithy.io/2.0/spec/json-ast.html
 */
export function readModel(source: Source, options: ReadOptions = {}): ReadResult {
  const parsed = parseSource(source);
  if (!("value" in parsed)) return { diagnostics: parsed.diagnostics };
  const reporter = new Reporter(source);
  const report: Report = (problem) => reporter.report(problem);
  const shapesJson = shapesOf(parsed.value, report);
  if (!shapesJson) return { diagnostics: [...parsed.diagnostics, ...reporter.diagnostics] };

  const raw = readRawShapes(shapesJson, report);
  const overlays = options.overlays ?? [];
  const overlayDiagnostics = overlays.flatMap((overlay) => applyOverlay(raw, overlay));
  applyMixins(raw, report);
  const shapes = new Map<ShapeId, Shape>();
  for (const shape of raw.values()) {
    const built = buildShape(shape, report);
    if (built) shapes.set(shape.id, built);
  }
  checkModel(raw, shapes, report);

  const found = reporter.diagnostics.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
  const diagnostics = [...parsed.diagnostics, ...found, ...overlayDiagnostics];
  if (hasErrors(diagnostics)) return { diagnostics };
  const { metadata } = parsed.value as Json;
  const model: Model = Object.freeze({
    file: source.file,
    hash: hashOf([source, ...overlays]),
    metadata: Object.freeze(isJsonObject(metadata) ? metadata : {}),
    shapes: new Map([...shapes, ...usedPrelude(shapes)]),
  });
  return { model, diagnostics };
}

/** The `shapes` of a Smithy model; undefined, and a word on what the file is instead, where it is none. */
function shapesOf(value: unknown, report: Report): Json | undefined {
  if (!isJsonObject(value)) {
    report({ code: "not-smithy", path: [], message: "A Smithy model is a JSON object; this file is none." });
    return undefined;
  }
  const { smithy, shapes } = value;
  if (smithy === undefined) {
    report({
      code: "not-smithy",
      path: [],
      message: `The file is no Smithy model: it has no "smithy" version.${hint(value)}`,
    });
    return undefined;
  }
  if (typeof smithy !== "string" || !/^[12](\.\d+){0,2}$/.test(smithy)) {
    const message = `The Smithy version ${JSON.stringify(smithy)} is not known; this generator reads 1.0 and 2.0.`;
    report({ code: "unknown-version", path: ["smithy"], message });
    return undefined;
  }
  if (!isJsonObject(shapes)) {
    report({ code: "no-shapes", path: ["shapes"], message: 'The model has no "shapes" object.' });
    return undefined;
  }
  return shapes;
}

function hint(value: Json): string {
  if ("openapi" in value || "swagger" in value)
    return " It looks like OpenAPI, which has to be converted to Smithy first.";
  if (isJsonObject(value["metadata"]) && "operations" in value) {
    return " It looks like an AWS api-2 description; use the service's Smithy model instead.";
  }
  return "";
}

function hashOf(sources: readonly Source[]): string {
  const hash = createHash("sha256");
  for (const { text } of sources) hash.update(text);
  return hash.digest("hex");
}

/** Prelude shapes that the model targets. */
function usedPrelude(shapes: ReadonlyMap<ShapeId, Shape>): Map<ShapeId, Shape> {
  const used = new Map<ShapeId, Shape>();
  const use = (id: ShapeId): void => {
    const shape = shapes.has(id) ? undefined : prelude.get(id);
    if (shape) used.set(id, shape);
  };
  for (const shape of shapes.values()) {
    if (shape.type === "operation") [shape.input, shape.output].forEach(use);
    else if (shape.type === "list") use(shape.member.target);
    else if (shape.type === "map") [shape.key.target, shape.value.target].forEach(use);
    else if ("members" in shape) for (const member of shape.members.values()) use(member.target);
  }
  return new Map([...used].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
