import { isShapeId } from "../source/ids.js";
import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { inside, type PathLocation } from "../source/source.js";

/** Reads `traits` in the JSON AST or in an overlay, by shape ID of the trait. */
export function readTraits(json: Json, id: string, location: PathLocation, report: Report): Map<string, unknown> {
  const { traits } = json;
  if (traits === undefined) return new Map();
  if (!isJsonObject(traits)) {
    const message = "traits must be an object of trait ids and values.";
    report.add({ code: "invalid-traits", message, shapeId: id, location: inside(location, "traits") });
    return new Map();
  }
  const read = new Map<string, unknown>();
  for (const [trait, value] of Object.entries(traits)) {
    if (isShapeId(trait)) read.set(trait, value);
    else {
      const message = `The trait ${quote(trait)} is not a shape ID such as smithy.api#required.`;
      report.add({ code: "invalid-trait-id", message, shapeId: id, location: inside(location, "traits", trait) });
    }
  }
  return read;
}
