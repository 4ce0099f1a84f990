import type { CheckContext } from "./context.js";
import type { EnumShape } from "../model.js";

const enumValue = "smithy.api#enumValue";

/** Each member of an enum has a value of its own. */
export function checkEnums(context: CheckContext): void {
  for (const shape of context.shapes.values()) {
    // What the older trait said has been checked as that trait.
    if ((shape.type === "enum" || shape.type === "intEnum") && !("smithy.api#enum" in shape.traits))
      check(shape, context);
  }
}

function check(shape: EnumShape, context: CheckContext): void {
  const isText = shape.type === "enum";
  const owners = new Map<unknown, string>();
  for (const { id, name, traits } of shape.members.values()) {
    // An enum member without a value has its name for one; an intEnum has no such default.
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
