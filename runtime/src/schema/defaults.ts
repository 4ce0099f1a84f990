import { decodeBase64 } from "../text/bytes.js";
import { parseTimestamp } from "../time/timestamps.js";
import { oncePer } from "./once.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "./shapes.js";
import { getOwn, isObject, setOwn } from "./values.js";

type Shape = StructureShape | UnionShape;

/** True where a default stands somewhere in a value of the shape: most shapes have none, and then cost nothing. */
const hasDefaults = oncePer((shape: Shape): { readonly any: boolean } => {
  const reached = new Set<Shape>([shape]);
  // A set goes on to what is added while it is walked.
  for (const { members } of reached) {
    for (const member of Object.values(members)) {
      if (member.default !== undefined) return { any: true };
      const inner = innermost(member);
      if ("target" in inner) reached.add(targetOf(inner));
    }
  }
  return { any: false };
});

/**
 * A copy of the value with the members that are not set at their `smithy.api#default`; the value itself where its shape
 * has no defaults.
 *
 * @param top false leaves out the members of the value itself: an input's are the service's to fill
 * @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait
 */
export function fillDefaults(shape: Shape, value: object, top = true): object {
  return hasDefaults(shape).any ? fillShape(shape, value as Readonly<Record<string, unknown>>, top) : value;
}

function fillShape(shape: Shape, value: Readonly<Record<string, unknown>>, fill: boolean): Record<string, unknown> {
  const filled = { ...value };
  for (const [name, member] of Object.entries(shape.members)) {
    const item = getOwn(value, name);
    if (item !== undefined && item !== null) setOwn(filled, name, fillInside(member, item));
    else if (fill && member.default !== undefined) setOwn(filled, name, defaultValue(member, member.default));
  }
  return filled;
}

function fillInside(member: Member, value: unknown): unknown {
  const inner = innermost(member);
  if (!("target" in inner) || !hasDefaults(targetOf(inner)).any) return value;
  if ("target" in member) return isObject(value) ? fillShape(targetOf(member), value, true) : value;
  if (member.type === "list")
    return Array.isArray(value) ? value.map((item) => fillInside(member.member, item)) : value;
  if (member.type !== "map" || !isObject(value)) return value;
  const filled: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwn(filled, key, fillInside(member.value, item));
  return filled;
}

/** What lists and maps hold in the end. */
function innermost(member: Member): Member {
  if ("type" in member && member.type === "list") return innermost(member.member);
  if ("type" in member && member.type === "map") return innermost(member.value);
  return member;
}

/** From the form of the model: its collections are empty or documents, and nobody else's to change. */
function defaultValue(member: Member, value: unknown): unknown {
  switch ("type" in member ? member.type : undefined) {
    case "timestamp":
      return parseTimestamp(value, typeof value === "number" ? "epoch-seconds" : "date-time");
    case "blob":
      return decodeBase64(String(value));
    case "bigInteger":
      return BigInt(String(value));
    case "bigDecimal":
      return String(value);
    default:
      return typeof value === "object" ? structuredClone(value) : value;
  }
}
