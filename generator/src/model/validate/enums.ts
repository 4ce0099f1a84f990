import type { CheckContext } from "./context.js";
import type { EnumShape } from "../model.js";

const enumValue = "smithy.api#enumValue";

/** Checks that the values of an enum are unique. */
export function checkEnums(context: CheckContext): void {
  for (const shape of context.shapes.values()) {
    // An enum from the deprecated trait was already checked as that trait.
    if ((shape.type === "enum" || shape.type === "intEnum") && !("smithy.api#enum" in shape.traits))
      check(shape, context);
  }
}

function check(shape: EnumShape, context: CheckContext): void {
  const isText = shape.type === "enum";
  const owners = new Map<unknown, string>();
  for (const { id, name, traits } of shape.members.values()) {
    // The default value of an enum member is its name. An intEnum member has no default.
    const value = traits[enumValue] ?? (isText ? name : undefined);
    const other = owners.get(value);
    if (isText ? typeof value !== "string" || value === "" : !isInt32(value)) {
      const wanted = isText ? "must be a string that is not empty" : "must be a whole number of 32 bits";
      context.invalidTrait(enumValue, id, wanted);
    } else if (other !== undefined) {
      context.invalidTrait(enumValue, id, `has the value ${JSON.stringify(value)}, which ${other} has too`);
    } else owners.set(value, name);
  }
}

function isInt32(value: unknown): boolean {
  return typeof value === "number" && (value | 0) === value;
}
