import { isJsonObject } from "../source/json.js";
import type { EnumShape, Shape } from "../model.js";
import { withArticle } from "../source/quote.js";

/** Bounds of integer types. */
const wholes: ReadonlyMap<string, number> = new Map([
  ["byte", 2 ** 7],
  ["short", 2 ** 15],
  ["integer", 2 ** 31],
  ["intEnum", 2 ** 31],
  ["long", 2 ** 63],
  ["bigInteger", Infinity],
]);

/**
 * Why a value (not null) is invalid as the default of a shape or of a member that targets it. Undefined if it is valid.
 *
 * @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-constraints
 */
export function defaultProblem(value: unknown, shape: Shape): string | undefined {
  switch (shape.type) {
    case "structure":
    case "union":
    case "operation":
    case "resource":
    case "service":
      return `has no meaning for ${withArticle(shape.type)}`;
    case "list":
      return Array.isArray(value) && value.length === 0 ? undefined : "must be an empty list for a list";
    case "map":
      return isEmptyObject(value) ? undefined : "must be an empty object for a map";
    case "document":
      return typeof value !== "object" || isEmptyObject(value) || (Array.isArray(value) && value.length === 0)
        ? undefined
        : "must be a simple value, an empty list or an empty object for a document";
    case "enum":
    case "intEnum":
      if (!fitsType(value, shape)) return `has a value that is not of type ${shape.type}`;
      return valuesOf(shape).has(value) ? undefined : "has a value that the enum does not have";
    default:
      return fitsType(value, shape) ? undefined : `has a value that is not of type ${shape.type}`;
  }
}

export function fitsType(value: unknown, { type }: Shape): boolean {
  const bound = wholes.get(type);
  if (bound !== undefined) {
    if (type === "bigInteger" && typeof value === "string") return /^-?\d+$/.test(value);
    const isWhole = Number.isInteger(value) || (type === "long" && typeof value === "bigint");
    return isWhole && Number(value) >= -bound && (typeof value === "bigint" ? value < bound : Number(value) <= bound);
  }
  switch (type) {
    case "boolean":
      return typeof value === "boolean";
    case "float":
    case "double":
      return typeof value === "number" || value === "NaN" || value === "Infinity" || value === "-Infinity";
    case "bigDecimal":
      return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value));
    case "timestamp":
      return typeof value === "number" || (typeof value === "string" && !Number.isNaN(Date.parse(value)));
    default:
      return typeof value === "string";
  }
}

function valuesOf({ members }: EnumShape): Set<unknown> {
  return new Set([...members.values()].map(({ name, traits }) => traits["smithy.api#enumValue"] ?? name));
}

function isEmptyObject(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
