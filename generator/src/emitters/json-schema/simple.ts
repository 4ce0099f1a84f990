import type { MemberIr, SimpleType } from "../../plugin.js";
import type { Direction, Schema } from "./types.js";

/** Integers that JavaScript, and so most readers of JSON, represent exactly. */
const safe = { min: -(2 ** 53) + 1, max: 2 ** 53 - 1 };

const integers: Readonly<Partial<Record<SimpleType, { readonly min: number; readonly max: number }>>> = {
  byte: { min: -(2 ** 7), max: 2 ** 7 - 1 },
  short: { min: -(2 ** 15), max: 2 ** 15 - 1 },
  integer: { min: -(2 ** 31), max: 2 ** 31 - 1 },
};

/** Padded, without line breaks. */
const base64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/**
 * The JSON Schema of a simple shape's JSON form, with constraints in inputs.
 *
 * @param isLabel whether the value is part of a path, and therefore not empty
 */
export function simpleSchema(type: SimpleType, member: MemberIr, direction: Direction, isLabel: boolean): Schema {
  const isInput = direction === "input";
  const { min, max } = (isInput && member.range) || {};
  switch (type) {
    case "string":
      return { type: "string", ...(isInput && textLimits(member, isLabel ? 1 : 0)) };
    case "boolean":
      return { type: "boolean" };
    case "blob":
      return {
        type: "string",
        contentEncoding: "base64",
        ...(member.mediaType !== undefined && { contentMediaType: member.mediaType }),
        ...(isInput && { pattern: base64, ...(!member.streaming && blobLimits(member)) }),
      };
    case "timestamp":
      return { type: "string", format: "date-time" };
    case "float":
    case "double":
      return floating(min, max);
    case "bigDecimal":
      return { type: "string", ...(isInput && { pattern: String.raw`^-?\d+(\.\d+)?([eE][-+]?\d+)?$` }) };
    case "long":
    case "bigInteger":
      return bigInteger(min, max);
    case "document":
      // In a member, null is no value.
      return { type: ["object", "array", "string", "number", "boolean"] };
    default: {
      const { min: least, max: most } = integers[type] ?? safe;
      return { type: "integer", minimum: Math.max(min ?? least, least), maximum: Math.min(max ?? most, most) };
    }
  }
}

/** @param least number of characters that the text has in any case */
function textLimits({ length, pattern }: MemberIr, least: number): Schema {
  const minLength = Math.max(length?.min ?? 0, least);
  return {
    ...(minLength > 0 && { minLength }),
    ...(length?.max !== undefined && { maxLength: length.max }),
    // A pattern of a JSON Schema has the flag `u`.
    ...(pattern?.flags === "u" && { pattern: pattern.source }),
  };
}

/** Three bytes are four characters. */
function blobLimits({ length }: MemberIr): Schema {
  const characters = (bytes: number): number => 4 * Math.ceil(bytes / 3);
  return {
    ...(length?.min !== undefined && { minLength: characters(length.min) }),
    ...(length?.max !== undefined && { maxLength: characters(length.max) }),
  };
}

function floating(min: number | undefined, max: number | undefined): Schema {
  const number = {
    type: "number",
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
  };
  // NaN is neither below a minimum nor above a maximum.
  const named = ["NaN", ...(max === undefined ? ["Infinity"] : []), ...(min === undefined ? ["-Infinity"] : [])];
  return { anyOf: [number, { enum: named }] };
}

function bigInteger(min: number | undefined, max: number | undefined): Schema {
  const number = {
    type: "integer",
    minimum: Math.max(min ?? safe.min, safe.min),
    maximum: Math.min(max ?? safe.max, safe.max),
  };
  const isSafe = min !== undefined && min >= safe.min && max !== undefined && max <= safe.max;
  return isSafe ? number : { anyOf: [number, { type: "string", pattern: String.raw`^-?\d+$` }] };
}
