import type { ShapeId } from "./model.js";
import { applyTraits, isJsonObject, type RawShape } from "./raw.js";
import { parseSource, Reporter, type Source } from "./source.js";
import type { Diagnostic } from "../diagnostics.js";

/**
 * Lays one overlay file over the shapes of a model. Its form is
 *
 * ```json
 * { "reason": "why", "apply": [{ "shape": "ns#Name$member", "reason": "why this one", "traits": { "trait#id": null } }] }
 * ```
 *
 * where `null` takes a trait away. Each correction has a reason, its own or the file's, so that it can be judged later.
 */
export function applyOverlay(shapes: ReadonlyMap<ShapeId, RawShape>, source: Source): Diagnostic[] {
  const parsed = parseSource(source);
  const reporter = new Reporter(source);
  const invalid = (message: string, path: (string | number)[]): void =>
    reporter.report({ code: "invalid-overlay", message, path });
  if (!("value" in parsed)) return parsed.diagnostics;
  const { value } = parsed;
  if (!isJsonObject(value) || !Array.isArray(value["apply"])) {
    invalid('An overlay must be an object with a list "apply" of corrections.', []);
    return [...parsed.diagnostics, ...reporter.diagnostics];
  }
  (value["apply"] as unknown[]).forEach((correction, index) => {
    const path = ["apply", index];
    if (!isJsonObject(correction) || typeof correction["shape"] !== "string" || !isJsonObject(correction["traits"])) {
      invalid('A correction must have a "shape" (the id of a shape or member) and "traits".', path);
      return;
    }
    if (!isReason(correction["reason"]) && !isReason(value["reason"])) {
      invalid('The correction gives no reason: say why in its "reason" or in the file\'s.', path);
    }
    const traits = new Map(Object.entries(correction["traits"]));
    applyTraits(shapes, correction["shape"], traits, path, (problem) => reporter.report(problem));
  });
  return [...parsed.diagnostics, ...reporter.diagnostics];
}

function isReason(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
