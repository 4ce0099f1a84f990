import { isMemberId, isShapeId } from "../source/ids.js";
import { isJsonObject, type Json } from "../source/json.js";
import { parseJson } from "./parse.js";
import { type Patch, readPatch } from "./patches.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { inside, type PathLocation, type Source } from "../source/source.js";

/**
 * Reads an overlay: corrections of a model that should not be edited. Its form is
 *
 * ```json
 * {
 *   "reason": "why the model is corrected, for all corrections without a reason of their own",
 *   "apply": [
 *     { "shape": "ns#Name", "traits": { "smithy.api#length": { "max": 100 } } },
 *     { "shape": "ns#Name$member", "reason": "why this one", "traits": { "smithy.api#required": null } }
 *   ]
 * }
 * ```
 *
 * A value replaces that of the trait, `null` removes the trait. Mixins pass both on. Each correction has a reason, its
 * own or that of the file, for later review.
 */
export function readOverlay(source: Source, report: Report): Patch[] {
  const parsed = parseJson(source, report);
  if (!parsed) return [];
  const { value } = parsed;
  const whole: PathLocation = { source, path: [] };
  const invalid = (message: string, location: PathLocation, shapeId?: string): void =>
    report.add({ code: "invalid-overlay", message, location, shapeId });
  if (!isJsonObject(value) || !Array.isArray(value["apply"])) {
    invalid('An overlay must be an object with a list "apply" of corrections.', whole);
    return [];
  }
  const rejectOthers = (json: Json, known: readonly string[], location: PathLocation): void => {
    for (const key of Object.keys(json)) {
      if (!known.includes(key)) {
        invalid(`An overlay knows no ${quote(key)} here, but ${known.join(", ")}.`, inside(location, key));
      }
    }
  };
  rejectOthers(value, ["reason", "apply"], whole);
  return (value["apply"] as readonly unknown[]).flatMap((correction, index) => {
    const location = inside(whole, "apply", index);
    const id = isJsonObject(correction) ? correction["shape"] : undefined;
    if (!isJsonObject(correction) || typeof id !== "string" || !isJsonObject(correction["traits"])) {
      invalid('A correction must have a "shape" (the id of a shape or member) and "traits".', location);
      return [];
    }
    rejectOthers(correction, ["shape", "reason", "traits"], location);
    if (!isReason(correction["reason"]) && !isReason(value["reason"])) {
      invalid('The correction has no reason: state it in its "reason" or in that of the file.', location, id);
    }
    if (!isShapeId(id) && !isMemberId(id)) {
      report.add({
        code: "invalid-shape-id",
        message: `${quote(id)} is not the ID of a shape or member.`,
        shapeId: id,
        location: inside(location, "shape"),
      });
      return [];
    }
    return [readPatch(id, correction, "overlay", location, report)];
  });
}

function isReason(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
