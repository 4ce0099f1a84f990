import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { inside, type PathLocation } from "../source/source.js";

/** The top-level properties of a Smithy model. */
export interface Frame {
  readonly shapes: Json;
  readonly metadata: Json;
  /** Whether the version is 1.0, so that the model must be upgraded. */
  readonly isVersion1: boolean;
}

/** Reads the top-level properties. If the file is not a model, reports what it is instead and returns undefined. */
export function readFrame(value: unknown, location: PathLocation, report: Report): Frame | undefined {
  const add = (code: string, message: string, at = location): undefined =>
    void report.add({ code, message, location: at });
  if (!isJsonObject(value)) return add("not-smithy", "A Smithy model is a JSON object; this file is not one.");
  const { smithy, shapes = {}, metadata } = value;
  if (smithy === undefined) {
    return add("not-smithy", `The file is not a Smithy model: it has no "smithy" version.${whatElse(value)}`);
  }
  if (typeof smithy !== "string" || !/^[12](\.\d+){0,2}$/.test(smithy)) {
    const version =
      typeof smithy === "string" ? quote(smithy) : `${quote(JSON.stringify(smithy))}, which is not a string,`;
    const message = `The Smithy version ${version} is not known; this generator reads "1.0" and "2.0".`;
    return add("unknown-version", message, inside(location, "smithy"));
  }
  if (!isJsonObject(shapes)) return add("no-shapes", '"shapes" must be an object.', inside(location, "shapes"));
  if (metadata !== undefined && !isJsonObject(metadata)) {
    add("invalid-metadata", "metadata must be an object.", inside(location, "metadata"));
  }
  return { shapes, metadata: isJsonObject(metadata) ? metadata : {}, isVersion1: smithy.startsWith("1") };
}

function whatElse(value: Json): string {
  const has = (...keys: readonly string[]): boolean => keys.every((key) => Object.hasOwn(value, key));
  if (has("openapi") || has("swagger")) return " It looks like OpenAPI, which has to be converted to Smithy first.";
  if (has("metadata", "operations")) {
    return " It looks like an AWS api-2 description, but metadata and operations must be objects.";
  }
  if (has("smithyVersion") || has("projectionName") || has("validationEvents") || has("projections")) {
    return " It looks like a configuration or a record of a Smithy build; use the model.json that the build wrote.";
  }
  if (has("apply")) return " It looks like an overlay, which is passed with --overlay in addition to a model.";
  return "";
}
