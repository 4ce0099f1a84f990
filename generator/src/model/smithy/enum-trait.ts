import { isIdentifier } from "../source/ids.js";
import { freezeJson, isJsonObject, type Json } from "../source/json.js";
import type { MemberShape, ShapeId } from "../model.js";
import { quote } from "../source/quote.js";

/** Why a value of `smithy.api#enum` is invalid. Undefined if it is valid. */
export function enumTraitProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return "must be a list of one or more objects with a value";
  const seen = { value: new Set<unknown>(), name: new Set<unknown>() };
  for (const definition of value as unknown[]) {
    if (!isJsonObject(definition) || typeof definition["value"] !== "string" || definition["value"] === "") {
      return "must be a list of objects with a value, which is a string that is not empty";
    }
    const { name } = definition;
    if (name !== undefined && (typeof name !== "string" || !isIdentifier(name))) {
      return "has a name that is not of letters, digits and underscores";
    }
    for (const key of ["value", "name"] as const) {
      const entry = definition[key];
      if (entry !== undefined && seen[key].has(entry)) return `has the ${key} ${quote(String(entry))} twice`;
      seen[key].add(entry);
    }
  }
  return undefined;
}

/**
 * Converts the deprecated `smithy.api#enum` trait of a string to the members of an enum shape. Undefined if a value has
 * no name and cannot be converted to one. Values without a name are named as Smithy does: blanks, hyphens, dots, colons
 * and slashes become underscores.
 *
 * @see https://smithy.io/2.0/guides/smithy-build-json.html#changestringenumstoenumshapes
 */
export function enumMembers(id: ShapeId, definitions: unknown): ReadonlyMap<string, MemberShape> | undefined {
  const members = new Map<string, MemberShape>();
  for (const definition of definitions as readonly Json[]) {
    const value = String(definition["value"]);
    const name = typeof definition["name"] === "string" ? definition["name"] : value.replace(/[-.:/\s]+/g, "_");
    if (!isIdentifier(name) || members.has(name)) return undefined;
    const { documentation, tags, deprecated } = definition;
    const traits = {
      "smithy.api#enumValue": value,
      ...(documentation !== undefined && { "smithy.api#documentation": documentation }),
      ...(tags !== undefined && { "smithy.api#tags": tags }),
      ...(Array.isArray(tags) && tags.includes("internal") && { "smithy.api#internal": {} }),
      ...(deprecated === true && { "smithy.api#deprecated": {} }),
    };
    members.set(name, freezeJson({ id: `${id}$${name}`, name, target: "smithy.api#Unit", traits }));
  }
  return members;
}
